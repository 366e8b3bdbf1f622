"""What a stress test answers: the weakest points of a roster, the weakest first. Its JSON is ``stress/1``."""

from datetime import date
from typing import Literal

from pydantic import Field

from roster.domain import Band, Break, Positive, Record, WholeNumber
from roster.edits import Edit
from roster.wording import VOLUNTARY


class Part(Record):
    """What is gone: a coach, a site or a room; ``name`` is the site's."""

    kind: Literal["coach", "site", "room"]
    id: str
    name: str | None = None


class Hit(Record):
    """People of one referral who are no longer seen in time.

    ``people`` were seen by their date and are not now, or have no appointment now; ``without_appointment`` of them
    have none. ``certain`` of them cannot be seen in time in any roster.
    """

    referral_id: str
    band: Band
    see_by: date | None
    people: Positive
    without_appointment: WholeNumber
    certain: WholeNumber


class Repaired(Record):
    """The best repair found of one case; it was checked.

    ``weight``: people no longer seen in time, one of band A counted 100, B 10, C 1; in every roster it is at least
    ``weight_at_least``. ``later``: referrals seen later than before and still in time; ``breaks``: promises broken
    beside people's dates. ``changes`` as ``roster repair`` counts them; ``costs_more``: minutes of coach time by which
    it is dearer than the published roster, without the price of change. ``proved``: no other repair is better.
    """

    hits: tuple[Hit, ...]
    weight: WholeNumber
    weight_at_least: WholeNumber
    later: tuple[str, ...]
    breaks: tuple[Break, ...]
    changes: WholeNumber
    costs_more: int
    proved: bool

    @property
    def people(self) -> int:
        """How many people are no longer seen in time."""
        return sum(hit.people for hit in self.hits)

    @property
    def certain(self) -> int:
        """How many of them cannot be seen in time in any roster."""
        return sum(hit.certain for hit in self.hits)


State = Literal["repaired", "not_known", "not_tried"]


class WeakPoint(Record):
    """One case and what came of it.

    ``parts``: what is gone; more than one where that is the same, such as a site and its only room. ``visits`` and
    ``people``: how many of the published ones it hits. ``edits`` make it so, for ``roster repair --edits``.
    """

    parts: tuple[Part, ...]
    first_day: date
    last_day: date
    visits: WholeNumber
    people: WholeNumber
    state: State
    says: str
    edits: tuple[Edit, ...]
    repaired: Repaired | None = None


class StressReport(Record):
    """A stress test. ``points``: the weakest first, then what is not known or was not tried.

    ``complete``: every case was tried and is known. ``stopped``: by the person who asked for it.
    """

    schema_: Literal["stress/1"] = Field(default="stress/1", alias="schema")
    instance: str
    month: str
    as_of: date
    instance_sha256: str
    complete: bool
    stopped: bool
    says: str
    seconds: float
    voluntary: str = VOLUNTARY
    points: tuple[WeakPoint, ...]

    def to_json(self) -> str:
        """The text of the file."""
        return self.model_dump_json(by_alias=True, indent=1) + "\n"
