"""Rosters of the small region for tests of pages, as a planner makes them by hand: at once, without a search."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from models import PREFERENCES, RULES
from models.by_hand.planner import plans_by_hand
from roster.answers_of_repair import repair_report
from roster.domain import Roster, Session
from roster.edits import AddLeave, Edit, RemoveSession, apply_edits
from roster.files import read
from roster.instance import Instance
from roster.plan import Plan, draft_of
from roster.reasons import unseen_of
from roster.repair.record import Buys
from roster.repair.run import Repair
from roster.solve import Result
from roster.store.models import Job, Month
from roster.verify import breaks_of, verify
from roster.web.making import repair_asked
from tests.web.conftest import FOLDER


@cache
def a_roster() -> Roster:
    """A roster of the region that keeps every rule."""
    instance = read(FOLDER).valid()
    plan = next(iter(plans_by_hand(instance, RULES)))
    roster = _checked(instance, plan)
    assert verify(instance, roster, RULES, PREFERENCES).accepted
    return roster


def a_compromise(instance: Instance) -> Roster:
    """A roster in which nobody does anything: what it breaks it says."""
    return _checked(instance, Plan())


def _checked(instance: Instance, plan: Plan) -> Roster:
    """The plan as a roster, priced; a compromise where it breaks a rule."""
    draft = draft_of(instance, plan)
    broken = [finding for rule in RULES for finding in rule.check(instance, draft)]
    costs = {preference.name: preference.price(instance, draft) for preference in PREFERENCES}
    about = {"unseen": unseen_of(instance, draft.appointments), "costs": costs, "objective": sum(costs.values())}
    outcome = {"compromise": True, "breaks": breaks_of(broken), "outcome": "infeasible"} if broken else {}
    return draft.model_copy(update={"outcome": "feasible", "bound": 0, **about, **outcome})


def made(month: Month, roster: Roster | None = None) -> Job:
    """A job that made the roster."""
    return _over(month, "solve", {"seconds": 60, "gap": 0.0}, (roster or a_roster()).to_json())


def first_visit(instance: Instance) -> tuple[str, Session]:
    """The coach and the session of the first visit of the roster that is published."""
    assert instance.published is not None
    visit = min(instance.published.visits, key=lambda v: (instance.session[v.session_id].date, v.session_id))
    return visit.coach_id, instance.session[visit.session_id]


def spare_visit(instance: Instance) -> tuple[str, Session]:
    """The coach and the session of a published visit without which there is still a roster that keeps every rule."""
    assert instance.published is not None
    for visit in instance.published.visits:
        session = instance.session[visit.session_id]
        away = AddLeave(coach_id=visit.coach_id, first_day=session.date, last_day=session.date)
        gone = RemoveSession(session_id=session.session_id)
        if all(any(plans_by_hand(apply_edits(instance, [edit]), RULES)) for edit in (away, gone)):
            return visit.coach_id, session
    raise AssertionError("every visit is needed")


def repaired(month: Month, before: Instance, edits: Sequence[Edit]) -> Job:
    """A job that repaired the published roster after these edits, with two numbers of changes to choose from."""
    after = apply_edits(before, edits)
    roster = _checked(after, next(iter(plans_by_hand(after, RULES))))
    result = Result(roster.outcome, roster, "This is what was found.", 1.0)
    buys = (
        Buys(changes=2, cost=900, total=990, buys=None, unseen=2, proved=True),
        Buys(changes=4, cost=700, total=880, buys=200, unseen=1, proved=False, best=True),
    )
    report = repair_report(before, after, Repair(result, 4, None, buys), None)
    return _over(month, "repair", repair_asked(edits, after.settings.as_of, 60), report.to_json())


def _over(month: Month, kind: str, asked: dict[str, Any], result: str) -> Job:
    now = datetime.now(UTC)
    return Job.objects.create(
        month=month,
        kind=kind,
        asked=asked,
        state=Job.DONE,
        says="It is done.",
        result=result,
        ended_at=now,
        month_version=month.version,
    )
