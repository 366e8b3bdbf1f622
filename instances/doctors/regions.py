"""The seven small regions, each with the least in it that what a doctor said is about."""

from collections.abc import Callable, Mapping
from datetime import date

from instances.doctors.ground import (
    coach,
    days,
    mornings,
    people,
    practices,
    region,
    room,
    settings,
    site,
    works,
)
from instances.doctors.told import told
from roster.domain import Pin, Policy, Referral, Weekday
from roster.instance import Instance

_NEAR = Policy(reach_minutes=60)
_OWN_SURGERY = Policy(reach_minutes=0)


def no_spare_room() -> Instance:
    """Three surgeries without a room to spare, and a library, a community centre and a church hall nearby."""
    sites = (
        site("Ropewalk Surgery", "surgery", 0.0, 0.0),
        site("Lantern Row Medical Centre", "surgery", 1.2, 0.4),
        site("Saltpan Lane Practice", "surgery", -0.9, 1.1),
        site("Ebbwick Library", "library", 0.3, -0.2, hire_pounds=18.0),
        site("Tarn Street Community Centre", "community_centre", 0.9, 0.8, hire_pounds=25.0),
        site("Beacon Bank Church Hall", "faith", -0.6, 0.5, hire_pounds=12.0),
    )
    return region(
        "Ebbwick, no spare room",
        settings=settings("Ebbwick, no spare room", policy=_NEAR),
        coaches=(coach("C1", 0.4, -1.0, max_sessions_week=3),),
        hours=works("C1"),
        sites=sites,
        practices=practices(sites),
        referrals=(*people("P1", [4, 4, 4]), *people("P2", [4, 4]), *people("P3", [4, 4])),
    )


def one_visit_a_month() -> Instance:
    """Six surgeries, and one coach with six mornings in the month: one visit to each."""
    sites = tuple(
        site(name, "surgery", east, north, min_sessions=1)
        for name, east, north in (
            ("Herring Street Surgery", 0.0, 0.0),
            ("Oyster Quay Practice", 1.0, 0.6),
            ("Chandlery Row Medical Centre", -1.1, 0.3),
            ("Kelp Street Surgery", 0.4, -1.2),
            ("Windpump Lane Practice", -0.7, -0.9),
            ("Ferry Steps Health Centre", 1.6, -0.4),
        )
    )
    rooms = tuple(room(s) for s in sites)
    return region(
        "Fennmouth, one visit a month",
        settings=settings("Fennmouth, one visit a month", policy=_OWN_SURGERY),
        coaches=(coach("C1", 0.1, 0.2, max_sessions_month=6, max_sessions_day=1),),
        hours=works("C1"),
        sites=sites,
        practices=practices(sites),
        rooms=rooms,
        sessions=tuple(s for n, r in enumerate(rooms) for s in mornings([r], days(1, 25, "tue", "thu")[n % 2 :: 2])),
        referrals=tuple(r for n in range(1, 7) for r in people(f"P{n}", [4, 4, 4][: 2 + n % 2], every=6)),
    )


def a_handful_a_visit() -> Instance:
    """One surgery with one room for a morning a week, in which a coach sees four people."""
    (surgery,) = sites = (site("Cinder Path Surgery", "surgery", 0.0, 0.0),)
    rooms = (room(surgery),)
    return region(
        "Marrambury, a handful of appointments a visit",
        coaches=(coach("C1", 1.0, 0.5),),
        hours=works("C1", ["wed"]),
        sites=sites,
        practices=practices(sites),
        rooms=rooms,
        sessions=mornings(rooms, days(1, 25, "wed")),
        referrals=people("P1", [4] * 9, every=2),
    )


def no_money_to_wait() -> Instance:
    """A village surgery where one person has no money to wait, and a town where many wait; one coach for both."""
    sites = (
        site("Reedbed Road Surgery", "surgery", 0.0, 0.0),
        site("Sluice Lane Village Practice", "surgery", 9.0, 6.0),
    )
    rooms = tuple(room(s) for s in sites)
    alone = Referral(
        referral_id="P2-01", practice_id="P2", referred_on=date(2027, 2, 25), band="A", minutes=60, consent="yes"
    )
    return region(
        "Osierstrand, no money to wait",
        settings=settings("Osierstrand, no money to wait", date(2027, 2, 25), _OWN_SURGERY),
        coaches=(coach("C1", -0.5, 0.3, max_sessions_week=1),),
        hours=works("C1", ["tue", "thu"]),
        sites=sites,
        practices=practices(sites),
        rooms=rooms,
        sessions=(*mornings(rooms[:1], days(1, 31, "tue")), *mornings(rooms[1:], days(1, 31, "thu"))),
        referrals=(*people("P1", [4, 4, 4, 4], bands=("B",), every=2), alone),
    )


def six_fixed_days() -> Instance:
    """A pilot of six surgeries: each has one day of the week and one coach, whoever waits where."""
    sites = tuple(
        site(name, "surgery", east, north)
        for name, east, north in (
            ("Tollkeepers Lane Surgery", 0.0, 0.0),
            ("Mussel Strand Practice", 1.4, 0.2),
            ("Net Loft Lane Medical Centre", -1.0, 0.9),
            ("Limekiln Road Surgery", 0.6, -1.3),
            ("Causeway Head Practice", -1.3, -0.8),
            ("Foghorn Road Health Centre", 1.1, 1.5),
        )
    )
    rooms = tuple(room(s) for s in sites)
    waiting = ([8, 8, 8], [8, 8], [8, 4], [8], [4], [4])
    weekdays: tuple[Weekday, ...] = ("mon", "tue", "thu")
    fixed = [(f"C{n // 3 + 1}", rooms[n], weekdays[n % 3]) for n in range(6)]
    return region(
        "Withythwaite pilot, six fixed days",
        settings=settings("Withythwaite pilot, six fixed days", policy=_OWN_SURGERY),
        coaches=(coach("C1", 0.2, 0.1, max_sessions_week=3), coach("C2", -0.3, 0.4, max_sessions_week=3)),
        hours=(*works("C1", weekdays), *works("C2", weekdays)),
        sites=sites,
        practices=practices(sites),
        rooms=rooms,
        sessions=mornings(rooms, days(1, 18, *weekdays)),
        referrals=tuple(r for n, rows in enumerate(waiting, start=1) for r in people(f"P{n}", rows)),
        pins=tuple(
            Pin(coach_id=coach_id, session_id=session.session_id)
            for coach_id, its_room, weekday in fixed
            for session in mornings([its_room], days(1, 18, weekday))
        ),
    )


def anybody_may_leave() -> Instance:
    """The middle of the month: 16 people were told of their appointments, two wait without one, and one leaves."""
    (surgery,) = sites = (site("Alder Street Surgery", "surgery", 0.0, 0.0),)
    rooms = (room(surgery),)
    before = region(
        "Yarlferry, anybody may leave",
        coaches=(coach("C1", 0.8, -0.4),),
        hours=works("C1", ["tue"]),
        sites=sites,
        practices=practices(sites),
        rooms=rooms,
        sessions=mornings(rooms, days(1, 25, "tue")),
        referrals=people("P1", [1] * 18, every=1),
    )
    published = told(before, "C1")
    return before.replaced(settings=settings(before.settings.name, date(2027, 3, 10)), published=published)


def nobody_booked_an_interpreter() -> Instance:
    """Two people who sign, to be seen by a day, and no interpreter booked."""
    (surgery,) = sites = (site("Samphire Road Surgery", "surgery", 0.0, 0.0),)
    rooms = (room(surgery),)
    signing = Referral(
        referral_id="P1-90",
        practice_id="P1",
        referred_on=date(2027, 2, 10),
        band="B",
        see_by=date(2027, 3, 17),
        minutes=60,
        needs=("interpreter:bsl",),
        consent="yes",
        count=2,
    )
    return region(
        "Quernholm, nobody booked an interpreter",
        coaches=(coach("C1", -0.7, 0.6),),
        hours=works("C1", ["tue"]),
        sites=sites,
        practices=practices(sites),
        rooms=rooms,
        sessions=mornings(rooms, days(1, 25, "tue")),
        referrals=(*people("P1", [4, 4, 4]), signing),
    )


REGIONS: Mapping[str, Callable[[], Instance]] = {
    "no-spare-room": no_spare_room,
    "one-visit-a-month": one_visit_a_month,
    "a-handful-a-visit": a_handful_a_visit,
    "no-money-to-wait": no_money_to_wait,
    "six-fixed-days": six_fixed_days,
    "anybody-may-leave": anybody_may_leave,
    "nobody-booked-an-interpreter": nobody_booked_an_interpreter,
}
"""The folders, in the order of what doctors said."""
