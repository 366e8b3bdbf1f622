"""The coaches of a month: the list, one coach's page, and what can be changed about them."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse

from roster.calendar import friendly_time, long_date
from roster.domain import WEEKDAYS, Coach, parse_clock
from roster.edits import RemoveCoach, RemoveHours, RemoveLeave
from roster.files.columns import TABLE
from roster.instance import Instance
from roster.web.access import Here
from roster.web.data_forms import CoachForm, HoursForm, LeaveForm, NewCoachForm
from roster.web.edit_form import as_text
from roster.web.labels import DAY_NAMES, label_of, with_unit
from roster.web.rendering import page
from roster.web.views.manager_data_forms import Asked, Removal, answer, at, removed, sent, trail, where
from roster.wording import how_many, stretch_words


def coaches(request: HttpRequest, region: str, month: str) -> HttpResponse:
    """Every coach, with what they may do and when they work."""
    del region, month
    here, _, instance = at(request)
    rows = [_in_list(here, instance, coach) for coach in instance.coaches]
    return page(request, "manager_data/coaches.html", {"rows": rows, "trail": trail(here), "where": _where(here)})


def coach(request: HttpRequest, region: str, month: str, asked: str) -> HttpResponse:
    """One coach: base, skills, limits, hours, leave."""
    del region, month
    here, _, instance = at(request)
    found = _coach(instance, asked)
    hours = [row for row in instance.hours if row.coach_id == asked]
    leave = [row for row in instance.leave if row.coach_id == asked]
    context = {
        "coach": found,
        "facts": _facts(found),
        "hours": [
            {
                "day": DAY_NAMES[row.weekday],
                "times": f"{friendly_time(row.start)} to {friendly_time(row.end)}",
                "remove": f"{where(here, 'remove_hours', asked=asked)}?weekday={row.weekday}&start={row.start}",
            }
            for row in sorted(hours, key=lambda row: (WEEKDAYS.index(row.weekday), row.start))
        ],
        "leave": [
            {
                "words": stretch_words(row.first_day, row.last_day),
                "remove": f"{where(here, 'remove_leave', asked=asked)}?first_day={row.first_day}",
            }
            for row in sorted(leave, key=lambda row: row.first_day)
        ],
        "trail": trail(here, ("Coaches", where(here, "coaches"))),
        "where": _where(here),
    }
    return page(request, "manager_data/coach.html", context)


def change_coach(request: HttpRequest, region: str, month: str, asked: str) -> HttpResponse:
    """Change base, skills and limits."""
    del region, month
    here, _, instance = at(request)
    _coach(instance, asked)
    form = CoachForm(instance, ("coaches", asked), sent(request))
    return answer(request, _asked(here, asked, f"Change coach {asked}", "Save", "change a coach"), form)


def add_hours(request: HttpRequest, region: str, month: str, asked: str) -> HttpResponse:
    """Add a stretch to a coach's week."""
    del region, month
    here, _, instance = at(request)
    _coach(instance, asked)
    form = HoursForm(instance, ("coaches", asked), sent(request))
    return answer(request, _asked(here, asked, f"Add hours of coach {asked}", "Add the hours", "add hours"), form)


def add_leave(request: HttpRequest, region: str, month: str, asked: str) -> HttpResponse:
    """Add days on which a coach is away."""
    del region, month
    here, _, instance = at(request)
    _coach(instance, asked)
    form = LeaveForm(instance, ("coaches", asked), sent(request))
    intro = ("Why somebody is away is never held.",)
    page_ = _asked(here, asked, f"Add leave of coach {asked}", "Add the leave", "add leave", intro)
    return answer(request, page_, form)


def add_coach(request: HttpRequest, region: str, month: str) -> HttpResponse:
    """Add a coach like another."""
    del region, month
    here, _, instance = at(request)
    back = where(here, "coaches")
    asked = Asked("Add a coach", "Add the coach", "add a coach", back, (("Coaches", back),))
    return answer(request, asked, NewCoachForm(instance, None, sent(request)))


def remove_coach(request: HttpRequest, region: str, month: str, asked: str) -> HttpResponse:
    """Take a coach out, with everything that hangs on them."""
    del region, month
    here, _, instance = at(request)
    _coach(instance, asked)
    people = sum(r.usual_coach == asked for r in instance.referrals)
    told = instance.published.visits if instance.published else ()
    visits = sum(v.coach_id == asked for v in told)
    lines = (
        f"{how_many(people, 'referral has', 'referrals have')} them as the usual coach, and will have none."
        if people
        else "They are nobody's usual coach.",
        *(
            [f"The published roster has {how_many(visits, 'visit')} of theirs. Repair the roster afterwards."]
            if visits
            else []
        ),
    )
    return _removed(request, here, asked, f"Take coach {asked} out?", RemoveCoach(coach_id=asked), lines)


def remove_hours(request: HttpRequest, region: str, month: str, asked: str) -> HttpResponse:
    """Take a stretch out of a coach's week."""
    del region, month
    here, _, instance = at(request)
    _coach(instance, asked)
    weekday, start = request.GET.get("weekday", ""), request.GET.get("start", "")
    found = [h for h in instance.hours if (h.coach_id, h.weekday, str(h.start)) == (asked, weekday, start)]
    if not found:
        raise Http404
    edit = RemoveHours(coach_id=asked, weekday=found[0].weekday, start=parse_clock(found[0].start))
    return _removed(request, here, asked, f"Take these hours of coach {asked} out?", edit)


def remove_leave(request: HttpRequest, region: str, month: str, asked: str) -> HttpResponse:
    """Take back a coach's leave."""
    del region, month
    here, _, instance = at(request)
    _coach(instance, asked)
    first = request.GET.get("first_day", "")
    found = [row for row in instance.leave if (row.coach_id, row.first_day.isoformat()) == (asked, first)]
    if not found:
        raise Http404
    edit = RemoveLeave(coach_id=asked, first_day=date.fromisoformat(first))
    return _removed(request, here, asked, f"Take back this leave of coach {asked}?", edit)


# -- the parts ------------------------------------------------------------------------------------------------


def _coach(instance: Instance, coach_id: str) -> Coach:
    found = instance.coach.get(coach_id)
    if found is None:
        raise Http404
    return found


def _where(here: Here) -> dict[str, str]:
    return {"add": where(here, "add_coach"), "list": where(here, "coaches")}


def _steps(here: Here, coach_id: str) -> tuple[tuple[str, str], ...]:
    return ("Coaches", where(here, "coaches")), (f"Coach {coach_id}", where(here, "coach", asked=coach_id))


def _asked(here: Here, coach_id: str, heading: str, button: str, what: str, intro: tuple[str, ...] = ()) -> Asked:
    back = where(here, "coach", asked=coach_id)
    return Asked(heading, button, what, back, _steps(here, coach_id), intro, lambda now: coach_id in now.coach)


def _removed(
    request: HttpRequest,
    here: Here,
    coach_id: str,
    heading: str,
    edit: RemoveCoach | RemoveHours | RemoveLeave,
    lines: tuple[str, ...] = (),
) -> HttpResponse:
    whole = isinstance(edit, RemoveCoach)
    back = where(here, "coach", asked=coach_id)
    removal = Removal(
        heading=heading,
        button="Take it out" if not whole else "Take the coach out",
        what=edit.op.replace("_", " "),
        edit=edit,
        thing=("coaches", coach_id),
        back=back,
        after=where(here, "coaches") if whole else back,
        steps=_steps(here, coach_id),
        lines=lines,
    )
    return removed(request, removal)


def _facts(coach: Coach) -> list[tuple[str, str]]:
    """What the coach's page says: the name of each field and what it holds, with its unit."""
    shown = []
    for name in CoachForm.columns:
        label = label_of("coaches", name)
        text = as_text(TABLE["coaches"].column[name], getattr(coach, name))
        empty = "none" if name == "skills" else "no limit"
        shown.append((label.name, with_unit(text, label) if text else empty))
    return shown


def _in_list(here: Here, instance: Instance, coach: Coach) -> dict[str, object]:
    hours = {row.weekday for row in instance.hours if row.coach_id == coach.coach_id}
    away = instance.leave_days.get(coach.coach_id, frozenset())
    return {
        "id": coach.coach_id,
        "href": where(here, "coach", asked=coach.coach_id),
        "skills": ", ".join(coach.skills).replace("_", " ") or "none",
        "days": ", ".join(DAY_NAMES[day] for day in WEEKDAYS if day in hours) or "none",
        "limit": "no limit" if coach.max_sessions_month is None else f"{coach.max_sessions_month:,}",
        "away": ", ".join(long_date(day) for day in sorted(away)[:3])
        + (f" and {len(away) - 3} more" if len(away) > 3 else "")
        or "none",
    }
