"""What is said of a roster that exists: why it is as it is, why not otherwise, whom it leaves out, what limits it.

Only records. A statement is a sentence with how it is known: "checked" (the checker was asked about the very roster),
"proved" (no roster does better) or "not proved".
"""

from datetime import date
from typing import Literal

from pydantic import Field

from roster.domain import Band, Clock, Record, Roster, WholeNumber
from roster.edits import Edit

Known = Literal["proved", "checked", "not proved"]
Want = Literal["rooms", "coaches", "interpreters", "other", "none", "nothing", "past"]
"""For want of what somebody is not seen or late: the kind of the smallest change that was found.

``none``: no single change was found; ``nothing``: they could be seen as things are; ``past``: the date had gone by.
"""


class Statement(Record):
    """One sentence, and how it is known."""

    says: str
    known: Known


class Change(Record):
    """One change of the data, tried: with it there is a roster of this total that keeps every rule.

    ``says`` is the change as a sentence; ``total`` in minutes of coach time; ``verified``: the checker accepted it.
    """

    edits: tuple[Edit, ...]
    says: str
    total: int
    verified: bool


class Use(Record):
    """A session that a person could use, and why they are not in it.

    ``coach_id`` holds it now. ``total`` is that of the best roster tried with the person in it, which differs from
    the one given only there; None where none was found that keeps every rule.
    """

    session_id: str
    date: date
    coach_id: str | None
    people: tuple[str, ...] = ()
    total: int | None = None
    says: str
    known: Known


class Left(Record):
    """People of one referral who are not seen, or are seen after their date, and why. ``count`` is how many."""

    referral_id: str
    band: Band
    count: WholeNumber
    status: Literal["not seen", "late"]
    want: Want
    says: str
    sessions: tuple[str, ...] = ()
    uses: tuple[Use, ...] = ()
    change: Change | None = None


class Limit(Record):
    """Something that holds this roster back: one unit more, and a lower total is possible than any roster has now.

    ``total``: of a checked roster after the change. ``proved``: it is below what every roster costs without it.
    """

    about: str
    want: Want
    change: Change
    total: int
    proved: bool
    says: str


class Why(Record):
    """Why a roster is as it is: of the whole month, or of one referral, coach or site (``about``)."""

    schema_: Literal["why/1"] = Field(default="why/1", alias="schema")
    instance: str
    month: str
    about: str
    says: str
    objective: int
    bound: int | None
    statements: tuple[Statement, ...] = ()
    left: tuple[Left, ...] = ()
    limits: tuple[Limit, ...] = ()
    totals: str = ""
    not_proved: tuple[str, ...] = ()


class Appointed(Record):
    """When and where somebody is seen: in the roster given, or in the other one."""

    session_id: str
    date: date
    start: Clock
    coach_id: str


class Moved(Record):
    """One person whose appointment is another in the other roster; None where there is none."""

    referral_id: str
    now: Appointed | None
    then: Appointed | None


class WhyNot(Record):
    """What becomes of a wish: possible or not, what it costs, what it gains, what would make it the right choice.

    ``lines`` says these four. ``difference`` is the total with the wish less the total given; ``at_least`` is what
    that difference is at least for every roster with the wish; they are equal exactly where it is ``proved``.
    ``visits_changed`` counts visits of one roster that are not in the other, ``people_moved`` appointments given up.
    ``facts`` is a smallest set of facts that rules the wish out, where one was found. ``roster`` is the other roster.
    """

    schema_: Literal["why-not/1"] = Field(default="why-not/1", alias="schema")
    instance: str
    month: str
    asked: str
    possible: Literal["yes", "no", "not known"]
    lines: tuple[str, str, str, str]
    known: Known
    objective: int
    total: int | None = None
    difference: int | None = None
    at_least: int | None = None
    tie: bool = False
    costs: dict[str, int] = Field(default_factory=dict)
    visits_changed: int = 0
    people_moved: int = 0
    moved: tuple[Moved, ...] = ()
    change: Change | None = None
    changes_tried: int = 0
    facts: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    roster: Roster | None = None
