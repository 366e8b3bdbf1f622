"""Interpreter bookings and pins of a month: the lists, adding one, taking one out."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse

from roster.calendar import friendly_time, long_day
from roster.domain import pence
from roster.edit_words.values import booking_words
from roster.edits import RemoveBooking, RemovePin
from roster.web.data_forms import BookingForm, PinForm
from roster.web.rendering import page
from roster.web.views.manager_data_forms import Asked, Removal, answer, at, removed, sent, trail, where
from roster.wording import pounds, session_words


def bookings(request: HttpRequest, region: str, month: str) -> HttpResponse:
    """Every interpreter who can be booked."""
    del region, month
    here, _, instance = at(request)
    rows = [
        {
            "id": b.booking_id,
            "skill": b.skill.replace("_", " "),
            "when": f"{long_day(b.date)}, {friendly_time(b.start)} to {friendly_time(b.end)}",
            "fee": pounds(pence(b.fee_pounds)) if b.fee_pounds else "none",
            "remove": where(here, "remove_booking", asked=b.booking_id),
        }
        for b in sorted(instance.interpreters, key=lambda b: (b.date, b.start, b.booking_id))
    ]
    context = {"rows": rows, "add": where(here, "add_booking"), "trail": trail(here)}
    return page(request, "manager_data/bookings.html", context)


def add_booking(request: HttpRequest, region: str, month: str) -> HttpResponse:
    """Add an interpreter who can be booked."""
    del region, month
    here, _, instance = at(request)
    back = where(here, "bookings")
    asked = Asked(
        "Add an interpreter booking", "Add the booking", "add a booking", back, (("Interpreter bookings", back),)
    )
    return answer(request, asked, BookingForm(instance, None, sent(request)))


def remove_booking(request: HttpRequest, region: str, month: str, asked: str) -> HttpResponse:
    """Take an interpreter's booking out."""
    del region, month
    here, _, instance = at(request)
    booking = instance.booking.get(asked)
    if booking is None:
        raise Http404
    back = where(here, "bookings")
    removal = Removal(
        heading=f"Cancel booking {asked}: {booking_words(booking)}?",
        button="Cancel the booking",
        what="remove booking",
        edit=RemoveBooking(booking_id=asked),
        thing=("interpreters", asked),
        back=back,
        after=back,
        steps=(("Interpreter bookings", back),),
    )
    return removed(request, removal)


def pins(request: HttpRequest, region: str, month: str) -> HttpResponse:
    """Every visit that has to be in the roster."""
    del region, month
    here, _, instance = at(request)
    rows = [
        {
            "says": f"Coach {pin.coach_id} holds {session_words(instance, pin.session_id)}",
            "remove": where(here, "remove_pin") + "?" + urlencode({"coach": pin.coach_id, "session": pin.session_id}),
        }
        for pin in instance.pins
    ]
    context = {"rows": rows, "add": where(here, "add_pin"), "trail": trail(here)}
    return page(request, "manager_data/pins.html", context)


def add_pin(request: HttpRequest, region: str, month: str) -> HttpResponse:
    """Add a visit that has to be in the roster."""
    del region, month
    here, _, instance = at(request)
    back = where(here, "pins")
    intro = ("The coach holds the session, whatever else happens.",)
    asked = Asked("Add a pin", "Add the pin", "add a pin", back, (("Pins", back),), intro)
    return answer(request, asked, PinForm(instance, None, sent(request)))


def remove_pin(request: HttpRequest, region: str, month: str) -> HttpResponse:
    """Let a visit be decided again."""
    del region, month
    here, _, instance = at(request)
    coach_id, session_id = request.GET.get("coach", ""), request.GET.get("session", "")
    if all((pin.coach_id, pin.session_id) != (coach_id, session_id) for pin in instance.pins):
        raise Http404
    back = where(here, "pins")
    removal = Removal(
        heading="Take this pin out?",
        button="Take it out",
        what="remove pin",
        edit=RemovePin(coach_id=coach_id, session_id=session_id),
        thing=None,
        back=back,
        after=back,
        steps=(("Pins", back),),
    )
    return removed(request, removal)
