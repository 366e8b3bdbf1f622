"""What a practice manager sees and does with rooms: a month's calendar, offering them, withdrawing them."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from roster.calendar import long_date
from roster.domain import Session
from roster.edits import EditError
from roster.store.changing import Overtaken, change, mark_of
from roster.store.told import ToldVisit, visits_told
from roster.web.calendar_of import weeks_of
from roster.web.fields import error_list
from roster.web.offering import OfferForm, sessions_offered
from roster.web.rendering import page
from roster.web.views.feeds import feed_page
from roster.web.views.of_practice import OfPractice, of_practice
from roster.web.withdrawing import Withdrawal, session_at, withdraw_room

_CHANGED = "Somebody else has changed this session in the meantime. This is how it is now."
_MORE_THAN_SAID = "What this does has changed since you opened the page. This is how it is now."


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
    del region
    of = of_practice(request, practice_id)
    booked = {v.session_id: v for v in visits_told(of.month, of.instance)}
    sessions = [s for s in of.instance.sessions if of.instance.site_of(s.session_id) == of.practice.site_id]
    held = {day: _on_day(of, booked, sessions, day) for day in of.instance.days}
    weeks = [
        [{"date": d.date, "in_month": d.in_month, **({} if d.held is None else vars(d.held))} for d in week]
        for week in weeks_of(month, held.__getitem__)
    ]
    everything = [s for day in held.values() for s in day.sessions]
    context = {
        "weeks": weeks,
        "offered": len(everything),
        "used": sum(1 for s in everything if s.coach),
        "published": of.instance.published is not None,
    }
    return page(request, "practice/month.html", {**of.context("practice_month"), **context})


def offer(request: HttpRequest, region: str, month: str, practice_id: str) -> HttpResponse:
    """Offer a room once, or on every such weekday until a day."""
    del region, month
    of = of_practice(request, practice_id)
    form = OfferForm(of.instance, of.practice.site_id, request.POST if request.method == "POST" else None)
    if form.is_valid():
        edits = sessions_offered(of.instance, of.practice.site_id, form.wanted())
        try:
            change(of.month, edits, of.here.by(), "offer a room")
        except EditError as error:
            form.add_error(None, f"{error.says}. {error.do}")
        else:
            messages.success(request, form.says(edits))
            return redirect(of.where("practice_month"))
    context = {"form": form, "errors": error_list(form)}
    return page(request, "practice/offer.html", {**of.context("practice_month"), **context})


def withdraw(request: HttpRequest, region: str, month: str, practice_id: str, session_id: str) -> HttpResponse:
    """Withdraw a session: what that does is said first."""
    del region, month
    of = of_practice(request, practice_id)
    session = session_at(of.instance, session_id, of.practice.site_id)
    if session is None and request.method == "POST":
        messages.success(request, "That room is withdrawn already.")
        return redirect(of.where("practice_month"))
    if session is None or of.instance.is_past(session.date):
        raise Http404
    withdrawal = Withdrawal.of(of.month, of.instance, session)
    problem = ""
    if request.method == "POST":
        as_said = not withdrawal.says or request.POST.get("does", "") == withdrawal.mark
        problem = _withdrawn(request, of, withdrawal) if as_said else _MORE_THAN_SAID
        if not problem:
            messages.success(request, f"The room on {long_date(session.date)} is withdrawn.")
            return redirect(of.where("practice_month"))
    context = {
        "session": session,
        "withdrawal": withdrawal,
        "mark": mark_of(of.instance, "sessions", session_id),
        "errors": [{"text": problem, "href": "#confirm"}] if problem else [],
    }
    return page(request, "practice/withdraw.html", {**of.context("practice_month"), **context})


def feed(request: HttpRequest, region: str, month: str, practice_id: str) -> HttpResponse:
    """The practice manager's own calendar feed."""
    del region, month
    return feed_page(request, of_practice(request, practice_id).context("practice_feed"))


def _withdrawn(request: HttpRequest, of: OfPractice, withdrawal: Withdrawal) -> str:
    """Withdraw it; what stood in the way, if anything did."""
    try:
        withdraw_room(of.month, of.practice, withdrawal, of.here.by(), request.POST.get("mark", ""))
    except Overtaken:
        return _CHANGED
    except EditError as error:
        return f"{error.says}. {error.do}"
    return ""


def _on_day(of: OfPractice, booked: dict[str, ToldVisit], sessions: list[Session], day: date) -> OnDay:
    of_day = sorted((s for s in sessions if s.date == day), key=lambda s: (s.start, s.session_id))
    return OnDay(tuple(_shown(of, booked.get(s.session_id), s) for s in of_day), day in of.instance.bank_holidays)


def _shown(of: OfPractice, visit: ToldVisit | None, session: Session) -> Shown:
    return Shown(
        session_id=session.session_id,
        start=session.start,
        end=session.end,
        room=session.room_id,
        coach=visit.coach_id if visit else "",
        people=len(visit.appointments) if visit else 0,
        past=of.instance.is_past(session.date),
        withdraw=of.where("withdraw", session_id=session.session_id),
    )
