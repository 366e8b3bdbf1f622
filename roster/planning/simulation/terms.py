"""SIMULATION.toml: who is referred, how many do not come, are ill, which rooms are withdrawn.

Nothing is assumed: what is not given does not happen. Shares are from 0 to 1, and none of them is of a person. Every
fault has its place in the file.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Literal

from pydantic import Field, ValidationError
from pydantic_core import ErrorDetails

from roster.domain import Id, Record
from roster.fault import Fault, InvalidInput, listed
from roster.instance import Instance
from roster.planning.forms import place_of, shown

Share = Annotated[float, Field(ge=0, le=1)]
Times = Annotated[float, Field(gt=0, le=20)]
Known = Literal["before", "after"]
"""Whether something is known before the roster is made, or only after it."""


class Arrivals(Record):
    """How many people are referred. ``load``: so many times what is now.

    A practice in ``list_size`` (registered patients) has ``per_1000_a_month`` of them; any other what its own
    referrals in the folder show.
    """

    load: Times = 1.0
    per_1000_a_month: Annotated[float, Field(gt=0, le=1000)] | None = None
    list_size: dict[Id, Annotated[int, Field(gt=0, le=1_000_000)]] = Field(default_factory=dict)


class Missed(Record):
    """The share of appointments to which nobody comes: at every site, and at those named."""

    share: Share = 0.0
    sites: dict[Id, Share] = Field(default_factory=dict)


class Illness(Record):
    """The share of a coach's days, and of whole weeks, on which they are ill."""

    days: Share = 0.0
    weeks: Share = 0.0
    known: Known = "after"


class Withdrawn(Record):
    """The share of sessions for which the room is withdrawn."""

    sessions: Share = 0.0
    known: Known = "after"


class Months(Record):
    """How the months are rostered: how many days before a month, None as in the folder; and what see-by dates are."""

    days_before: Annotated[int, Field(ge=0, le=366)] | None = None
    see_by: Literal["prefer", "as_given"] = "prefer"


class Threshold(Record):
    """How the load from which the queue grows is looked for.

    ``precision``: how far apart loads are at the end, as a share of the load; ``backlog_months``: with how many months
    of further referrals each run begins, so that there is always somebody to see.
    """

    runs: Annotated[int, Field(ge=2, le=1000)] = 5
    precision: Annotated[float, Field(ge=0.005, le=0.5)] = 0.05
    backlog_months: Annotated[int, Field(ge=1, le=24)] = 3


class Terms(Record):
    """The whole file."""

    arrivals: Arrivals = Arrivals()
    missed: Missed = Missed()
    illness: Illness = Illness()
    withdrawn: Withdrawn = Withdrawn()
    months: Months = Months()
    threshold: Threshold = Threshold()

    def missed_at(self, site_id: str) -> float:
        """The share of appointments at a site to which nobody comes."""
        return self.missed.sites.get(site_id, self.missed.share)

    def not_given(self) -> Iterator[str]:
        """What does not happen because no share of it is given, in words."""
        if not (self.missed.share or any(self.missed.sites.values())):
            yield "everybody comes"
        if not (self.illness.days or self.illness.weeks):
            yield "no coach is ill"
        if not self.withdrawn.sessions:
            yield "no room is withdrawn"


_SHARE = ("this must be a share from 0 to 1", "Write for example 0.05 for one in twenty.")
_NUMBER = "this must be a number above 0 and at most {most}"
_MUST_BE: Mapping[str, tuple[str, str]] = {
    "arrivals": ("this must be a section", "Write [arrivals] and its keys below it."),
    "missed": ("this must be a section", "Write [missed] and its keys below it."),
    "illness": ("this must be a section", "Write [illness] and its keys below it."),
    "withdrawn": ("this must be a section", "Write [withdrawn] and its keys below it."),
    "months": ("this must be a section", "Write [months] and its keys below it."),
    "threshold": ("this must be a section", "Write [threshold] and its keys below it."),
    "load": (_NUMBER.format(most=20), "Write load = 1.2 for a fifth more."),
    "per_1000_a_month": (_NUMBER.format(most=1000), "Write per_1000_a_month = 1.5"),
    "list_size": ("this must be a whole number of patients for each practice", "Write list_size = { P001 = 9200 }"),
    "share": _SHARE,
    "sites": ("this must be a share from 0 to 1 for each site", 'Write sites = { "S1" = 0.2 }'),
    "days": _SHARE,
    "weeks": _SHARE,
    "sessions": _SHARE,
    "known": ('this must be "before" or "after"', 'Write known = "after"'),
    "days_before": ("this must be a whole number of days from 0 to 366", "Write days_before = 10"),
    "see_by": ('this must be "prefer" or "as_given"', 'Write see_by = "prefer"'),
    "runs": ("this must be a whole number from 2 to 1000", "Write runs = 5"),
    "precision": ("this must be a share from 0.005 to 0.5", "Write precision = 0.05"),
    "backlog_months": ("this must be a whole number from 1 to 24", "Write backlog_months = 3"),
}


def read_terms(text: str, file: str, base: Instance) -> Terms:
    """The terms of a TOML text, for the region of ``base``. Raises InvalidInput with every fault found."""
    try:
        given = tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        where = str(error).rpartition("(at ")[2].rstrip(")") if "(at " in str(error) else None
        do = "Write sections such as [missed], and keys such as share = 0.1 below them."
        says = "this cannot be read as TOML"
        raise InvalidInput([Fault(file=file, column=where, says=says, do=do)]) from None
    try:
        terms = Terms.model_validate(given)
    except ValidationError as errors:
        faults = [_fault(error, file) for error in errors.errors(include_url=False)]
        raise InvalidInput({str(fault): fault for fault in faults}.values()) from None
    faults = list(_between(terms, file, base))
    if faults:
        raise InvalidInput(faults)
    return terms


def _fault(error: ErrorDetails, file: str) -> Fault:
    names = [str(part) for part in error["loc"]]
    if error["type"] == "extra_forbidden":
        section = Terms.model_fields[names[0]].default if len(names) > 1 else Terms()
        keys = type(section).model_fields
        do = f"The keys here are {listed(keys, 'and')}."
        where = place_of(names[:-1]) or None
        return Fault(file=file, column=where, value=shown(names[-1]), says="there is no such key", do=do)
    says, do = _MUST_BE[names[1] if len(names) > 1 else names[0]]
    return Fault(file=file, column=place_of(names[:2]), value=shown(error["input"]), says=says, do=do)


def _between(terms: Terms, file: str, base: Instance) -> Iterator[Fault]:
    """What does not go together, or names what the region does not have."""
    sizes = terms.arrivals.list_size
    yield from _unknown(file, "arrivals, list_size", sizes, base.practice, "practice", "practices.csv")
    yield from _unknown(file, "missed, sites", terms.missed.sites, base.site, "site", "sites.csv")
    if sizes and terms.arrivals.per_1000_a_month is None:
        do = "Write per_1000_a_month, how many of 1,000 patients are referred in a month."
        yield Fault(file=file, column="arrivals, per_1000_a_month", says="this is missing", do=do)
    if terms.arrivals.per_1000_a_month is not None and not sizes:
        do = "Write list_size with the practices and their patients, or leave per_1000_a_month out."
        yield Fault(file=file, column="arrivals, list_size", says="this is missing", do=do)


def _unknown(
    file: str, column: str, given: Iterable[str], known: Mapping[str, object], what: str, table: str
) -> Sequence[Fault]:
    return [
        Fault(file=file, column=column, value=shown(i), says=f"there is no such {what}", do=f"Write ids of {table}.")
        for i in given
        if i not in known
    ]
