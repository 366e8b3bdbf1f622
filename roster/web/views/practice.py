"""What a practice manager sees and does: a month's calendar of rooms, offering them, withdrawing them."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from roster.calendar import long_date, long_month
from roster.domain import Practice, Session
from roster.edits import EditError, RemoveSession
from roster.instance import Instance
from roster.store.changing import Overtaken, change, mark_of
from roster.store.months import instance_of
from roster.web.access import Here
from roster.web.calendar_of import weeks_of
from roster.web.fields import error_list
from roster.web.offering import OfferForm, sessions_offered
from roster.web.rendering import page


@dataclass(frozen=True)
class Shown:
    """One session as the calendar shows it; ``coach`` is empty where no coach is booked."""

    session_id: str
    start: int
    end: int
    room: str
    coach: str
    people: int
    past: bool
    withdraw: str


@dataclass(frozen=True)
class OnDay:
    """What the calendar has on one day."""

    sessions: tuple[Shown, ...]
    closed: bool


def month(request: HttpRequest, region: str, month: str, practice_id: str) -> HttpResponse:
    """The month's calendar of the practice's site."""
    here, instance, practice = _of(request, practice_id)
    del region
    sessions = [s for s in instance.sessions if instance.site_of(s.session_id) == practice.site_id]
    held = {day: _on_day(here, instance, practice, sessions, day) for day in instance.days}
    weeks = [
        [{"date": d.date, "in_month": d.in_month, **({} if d.held is None else vars(d.held))} for d in week]
        for week in weeks_of(month, held.__getitem__)
    ]
    everything = [s for day in held.values() for s in day.sessions]
    return page(
        request,
        "practice/month.html",
        {
            "practice": practice,
            "site": instance.site[practice.site_id],
            "month_name": long_month(month),
            "weeks": weeks,
            "offered": len(everything),
            "used": sum(1 for s in everything if s.coach),
            "published": instance.published is not None,
        },
    )


def offer(request: HttpRequest, region: str, month: str, practice_id: str) -> HttpResponse:
    """Offer a room once, or on every such weekday until a day."""
    here, instance, practice = _of(request, practice_id)
    form = OfferForm(instance, practice.site_id, request.POST if request.method == "POST" else None)
    if form.is_valid():
        edits = sessions_offered(instance, practice.site_id, form.wanted())
        assert here.month is not None
        try:
            change(here.month, edits, here.by(), "offer a room")
        except EditError as error:
            form.add_error(None, f"{error.says}. {error.do}")
        else:
            messages.success(request, form.says(edits))
            return redirect("practice_month", region=region, month=month, practice_id=practice_id)
    context = {"form": form, "errors": error_list(form), "site": instance.site[practice.site_id]}
    return page(request, "practice/offer.html", context)


def withdraw(request: HttpRequest, region: str, month: str, practice_id: str, session_id: str) -> HttpResponse:
    """Withdraw a session: what that does is said first."""
    here, instance, practice = _of(request, practice_id)
    session = instance.session.get(session_id)
    if session is None or instance.site_of(session_id) != practice.site_id:
        raise Http404
    back = reverse("practice_month", kwargs={"region": region, "month": month, "practice_id": practice_id})
    problem: list[dict[str, str]] = []
    if request.method == "POST":
        marks = {("sessions", session_id): request.POST.get("mark", "")}
        assert here.month is not None
        try:
            change(here.month, [RemoveSession(session_id=session_id)], here.by(), "withdraw a room", marks)
        except Overtaken:
            problem = [{"text": "Somebody else has changed this session in the meantime. This is how it is now."}]
            instance = instance_of(here.month)
        except EditError as error:
            problem = [{"text": f"{error.says}. {error.do}"}]
        else:
            messages.success(request, f"The room on {long_date(session.date)} is withdrawn.")
            return redirect(back)
    shown = _shown(here, instance, practice, session)
    context = {
        "session": session,
        "room": session.room_id,
        "coach": shown.coach,
        "people": shown.people,
        "mark": mark_of(instance, "sessions", session_id),
        "back": back,
        "errors": problem,
    }
    return page(request, "practice/withdraw.html", context)


def _of(request: HttpRequest, practice_id: str) -> tuple[Here, Instance, Practice]:
    """Who asks, the month's data, and the practice. Raises Http404 where there is no such practice."""
    here: Here = request.here  # type: ignore[attr-defined]  # set by roster.web.access
    assert here.month is not None
    instance = instance_of(here.month)
    practice = instance.practice.get(practice_id)
    if practice is None:
        raise Http404
    return here, instance, practice


def _on_day(here: Here, instance: Instance, practice: Practice, sessions: list[Session], day: date) -> OnDay:
    of_day = sorted((s for s in sessions if s.date == day), key=lambda s: (s.start, s.session_id))
    return OnDay(tuple(_shown(here, instance, practice, s) for s in of_day), day in instance.bank_holidays)


def _shown(here: Here, instance: Instance, practice: Practice, session: Session) -> Shown:
    roster = instance.published
    visit = next((v for v in roster.visits if v.session_id == session.session_id), None) if roster else None
    seen = sum(1 for a in roster.appointments if a.session_id == session.session_id) if roster and visit else 0
    assert here.region is not None
    where = {"region": here.region.slug, "month": instance.settings.month, "practice_id": practice.practice_id}
    return Shown(
        session_id=session.session_id,
        start=session.start,
        end=session.end,
        room=session.room_id,
        coach=visit.coach_id if visit else "",
        people=seen,
        past=instance.is_past(session.date),
        withdraw=reverse("withdraw", kwargs={**where, "session_id": session.session_id}),
    )
