"""What doctors said, in seven examples: a sentence of theirs, the commands, and the number that answers it."""

from datetime import date
from pathlib import Path

from instances.doctors.results import Planned, data_at, day_of, days_waited, roster_of
from roster.calendar import long_date
from roster.planning.examples import Example, Places
from roster.wording import how_many

HOME = Path(__file__).resolve().parent
LEFT, ALONE, SIGNING = "P1-11", "P2-01", "P1-90"
PLAN = "plan {data} {asked} --out {out} --html {out}/page.html --time-limit 60 --workers 1 --jobs 2"
REPAIR = (
    "repair {data} --edits {asked} --out {out}/repaired.json --report {out}/repair.json --html {out}/page.html "
    "--time-limit 30 --workers 1"
)
PUBLISH = "publish {data} {out}/repaired.json --edits {asked}"
EXPLAIN = "explain {data} --out {out}/report.json --html {out}/explained.html --time-limit 60 --workers 1"


def _no_spare_room(places: Places) -> str:
    plan = Planned(places.out)
    library, centre, hall = (plan.column(n)["name"] for n in ("Library", "Library and community centre", "All three"))
    saved = plan.total(centre) - plan.total(hall)
    return (
        f"With no room in any surgery {_seen(plan.seen())} of {plan.people()}; with a morning a week at the library "
        f"{plan.seen(library)} are, with one at the community centre too {plan.seen(centre)}, and one at the church "
        f"hall as well saves {how_many(saved, 'minute')} of coach time more.{plan.caution}"
    )


def _seen(number: int) -> str:
    return "none are seen" if number == 0 else f"{how_many(number, 'is', 'are')} seen"


def _one_visit_a_month(places: Places) -> str:
    plan = Planned(places.out)
    return (
        f"One visit a month to each of six surgeries sees {plan.seen()} of {plan.people()} people; a second coach "
        f"makes it {plan.seen('coaches +1')}, and a third {plan.seen('coaches +2')}.{plan.caution}"
    )


def _a_handful(places: Places) -> str:
    plan = Planned(places.out)
    alone, both = plan.seen("A second room"), plan.seen("A second room and coach")
    return (
        f"Four visits of a handful see {plan.seen()} of {plan.people()} people; two hours longer they see "
        f"{plan.seen('Two hours longer')}, with appointments of 40 minutes {plan.seen('Appointments of 40 minutes')}, "
        f"with a second room alone {alone}, and with a second room and coach {both}.{plan.caution}"
    )


def _no_money(places: Places) -> str:
    plan, data, name = Planned(places.out), data_at(places.data), "Seen within a week"
    before, after = roster_of(places.out), roster_of(places.out, name)
    referred = data.people[ALONE].referred_on
    waited, waits = ((day_of(data, roster, ALONE) - referred).days for roster in (before, after))
    longer = days_waited(data, after, ALONE) - days_waited(data, before, ALONE)
    return (
        f"To see the person in band A after {how_many(waits, 'day')} and not after {waited}, everybody else together "
        f"waits {how_many(longer, 'day')} longer, and the month costs "
        f"{how_many(plan.total(name) - plan.total(), 'minute')} of coach time more.{plan.caution}"
    )


def _six_fixed_days(places: Places) -> str:
    plan, name = Planned(places.out), "Where needed"
    visits = (column["figures"]["sessions_used"] for column in (plan.base, plan.column(name)))
    fixed, free = visits
    return (
        f"{how_many(fixed, 'visit')} on fixed days see {plan.seen()} of {plan.people()} people; where people wait, "
        f"{free} visits of the same two coaches see {plan.seen(name)}.{plan.caution}"
    )


def _anybody_may_leave(places: Places) -> str:
    data = data_at(places.data)
    told = data.published
    before = data_at(HOME / places.data.parent.name).published
    assert told is not None
    assert before is not None
    newly = {a.referral_id for a in told.appointments} - {a.referral_id for a in before.appointments}
    days = [long_date(day_of(data, told, referral_id)) for referral_id in sorted(newly)]
    where = [path for path in places.data.rglob("*") if path.is_file()]
    found = sum(LEFT in path.read_text(encoding="utf-8") for path in where)
    moved = sum(
        (a.referral_id, a.session_id) not in {(t.referral_id, t.session_id) for t in told.appointments}
        for a in before.appointments
        if a.referral_id != LEFT
    )
    return (
        f"{how_many(len(newly), 'person')} who had no appointment moves up, to {', '.join(days)}; "
        f"{how_many(moved, 'other is', 'others are')} moved; and of the person who left, {found} of the "
        f"{how_many(len(where), 'file')} of the month hold anything."
    )


def _interpreter(places: Places) -> str:
    plan, data = Planned(places.out), data_at(places.data)
    signing, name = data.people[SIGNING].count, plan.cheapest()
    roster = roster_of(places.out, name)
    seen = sum(a.referral_id == SIGNING for a in roster.appointments)
    booked = next(edit for edit in plan.column(name)["edits"] if edit["op"] == "add_booking")
    return (
        f"Without an interpreter no roster sees the {how_many(signing, 'person', 'people')} who sign by their date; "
        f"one booked for the morning of {long_date(date.fromisoformat(booked['date']))}, at £{plan.fees(name):.0f}, "
        f"brings {seen} of {signing} an appointment in time.{plan.caution}"
    )


EXAMPLES = (
    Example(
        name="no-spare-room",
        title="No spare room",
        said="There is no spare room in any surgery.",
        asked="no-spare-room.toml",
        lines=(PLAN,),
        answer=_no_spare_room,
    ),
    Example(
        name="one-visit-a-month",
        title="Coaches enough for one visit a month",
        said="There are coaches enough to come once a month.",
        asked="one-visit-a-month.toml",
        lines=(PLAN,),
        answer=_one_visit_a_month,
    ),
    Example(
        name="a-handful-a-visit",
        title="A handful of appointments a visit",
        said="When the coach comes, there is time for a handful of people.",
        asked="a-handful-a-visit.toml",
        lines=(PLAN,),
        answer=_a_handful,
    ),
    Example(
        name="no-money-to-wait",
        title="No money to wait four weeks",
        said="This person has no money to wait four weeks.",
        asked="no-money-to-wait.toml",
        lines=(PLAN,),
        answer=_no_money,
    ),
    Example(
        name="six-fixed-days",
        title="Six surgeries at one day a week each",
        said="The pilot is six surgeries with one day a week each, always the same day and the same coach.",
        asked="six-fixed-days.toml",
        lines=(PLAN,),
        answer=_six_fixed_days,
    ),
    Example(
        name="anybody-may-leave",
        title="Anybody may leave",
        said="Anybody may leave at any time, and then nothing of them may stay.",
        asked="anybody-may-leave.json",
        lines=(REPAIR, PUBLISH),
        answer=_anybody_may_leave,
        copies=True,
    ),
    Example(
        name="nobody-booked-an-interpreter",
        title="An interpreter whom nobody booked",
        said="The person signs, and nobody has booked an interpreter.",
        asked="nobody-booked-an-interpreter.toml",
        lines=(EXPLAIN, PLAN),
        answer=_interpreter,
    ),
)
"""In the order in which ``roster doctors`` lists them."""
