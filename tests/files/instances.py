"""Instances drawn at random, with ids and names that files find hard, and without faults."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from roster.domain import BANDS, NATIONS, SITE_KINDS, WEEKDAYS
from roster.instance import Instance
from roster.privacy import identifies

_FIRST = date(2027, 1, 1)


def _plain(text: str) -> bool:
    return text == text.strip() and text != "" and identifies(text, in_referral=True) is None


IDS = st.text(st.sampled_from("AaB01=+-@'\"_.,:#&<é \u00a3%{}"), min_size=1, max_size=6).filter(_plain)
NAMES = st.text(
    st.one_of(st.sampled_from("=+-@'\",;\n\t&<"), st.characters(categories=["L", "N", "P", "S", "Zs"])),
    min_size=1,
    max_size=12,
).filter(_plain)
WORDS = st.lists(st.from_regex(r"[a-zé_-][\w-]{0,5}", fullmatch=True, alphabet=st.sampled_from("abé_-12")), max_size=3)
DAYS = st.integers(0, 500).map(lambda n: _FIRST + timedelta(days=n))
SPANS = st.tuples(st.integers(0, 1438), st.integers(1, 600)).map(lambda s: (s[0], min(s[0] + s[1], 1439)))
POUNDS = st.floats(0, 10_000, allow_nan=False)
MAYBE = st.none() | st.integers(0, 1000)


def _rows(draw: st.DrawFn, ids: list[str], **fields: st.SearchStrategy[Any]) -> list[dict[str, Any]]:
    """A row for each id, whose column is the first of the fields."""
    first, *others = fields
    return [{first: i, **{name: draw(fields[name]) for name in others}} for i in ids]


def _with_spans(draw: st.DrawFn, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row | dict(zip(("start", "end"), draw(SPANS), strict=True)) for row in rows]


@st.composite
def settings(draw: st.DrawFn) -> dict[str, Any]:
    """Settings with every kind of value."""
    numbers = {name: draw(st.integers(0, 100)) for name in ("notice_days", "break_minutes", "reach_minutes")}
    policy = numbers | {"see_by": draw(st.sampled_from(["must", "prefer"])), "budget_pounds": draw(st.none() | POUNDS)}
    return {
        "name": draw(NAMES),
        "month": f"2027-{draw(st.integers(1, 12)):02d}",
        "nation": draw(st.sampled_from(NATIONS)),
        "as_of": draw(DAYS),
        "policy": policy,
        "prices": {"waiting": {"A": draw(st.integers(0, 50))}, "late": draw(st.integers(0, 100))},
        "travel": {"fixed": draw(st.floats(0, 100)), "power": draw(st.floats(0, 2))},
        "repair_prices": {"break": draw(st.integers(0, 100))},
    }


@st.composite
def instances(draw: st.DrawFn) -> Instance:
    """An instance without faults."""
    ids = draw(st.lists(IDS, min_size=7, max_size=14, unique=True))
    coach_ids, site_ids, others = ids[:2], ids[2:4], ids[4:]
    coach, site, other = st.sampled_from(coach_ids), st.sampled_from(site_ids), st.sampled_from(others)
    degrees = st.floats(-90, 90)
    return Instance.model_validate(
        {
            "settings": draw(settings()),
            "coaches": _rows(
                draw,
                coach_ids,
                coach_id=coach,
                base_lat=degrees,
                base_lon=degrees,
                skills=WORDS,
                max_sessions_day=MAYBE,
            ),
            "hours": _with_spans(draw, [{"coach_id": c, "weekday": d} for c in coach_ids for d in WEEKDAYS[:2]]),
            "leave": [{"coach_id": draw(coach), "first_day": day, "last_day": day} for day in draw(st.sets(DAYS))],
            "sites": _rows(
                draw,
                site_ids,
                site_id=site,
                name=NAMES,
                kind=st.sampled_from(SITE_KINDS),
                lat=degrees,
                lon=degrees,
                features=WORDS,
                max_sessions=MAYBE,
                hire_pounds=POUNDS,
            ),
            "practices": _rows(draw, others, practice_id=other, name=NAMES, site_id=site),
            "rooms": _rows(draw, others, room_id=other, site_id=site, features=WORDS),
            "sessions": _with_spans(draw, _rows(draw, others, session_id=other, room_id=other, date=DAYS)),
            "referrals": _rows(
                draw,
                others,
                referral_id=other,
                practice_id=other,
                referred_on=DAYS,
                band=st.sampled_from(BANDS),
                see_by=st.none() | DAYS,
                minutes=st.integers(1, 300),
                needs=st.lists(st.sampled_from(["coach:é-1", "room:step_free", "interpreter:bsl"]), max_size=3),
                sites=st.lists(site, max_size=2),
                away=st.lists(DAYS, max_size=3),
                usual_coach=st.none() | coach,
                consent=st.sampled_from(["yes", "no"]),
                count=st.integers(1, 5),
            ),
            "interpreters": _with_spans(
                draw, _rows(draw, others, booking_id=other, skill=st.just("bsl"), date=DAYS, fee_pounds=POUNDS)
            ),
            "travel": [{"from_id": coach_ids[0], "to_id": s, "minutes": draw(st.integers(0, 300))} for s in site_ids],
            "pins": [{"coach_id": coach_ids[0], "session_id": s} for s in draw(st.sets(other))],
        }
    )
