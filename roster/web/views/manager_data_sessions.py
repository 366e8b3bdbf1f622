"""The sessions at a site: offered and taken out by the manager, also where no practice is."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from roster.edits import EditError, RemoveSession
from roster.store.changing import change
from roster.web.edit_form import said
from roster.web.fields import error_list
from roster.web.offering import OfferForm, sessions_offered
from roster.web.rendering import page
from roster.web.views.manager_data_forms import Removal, at, removed, sent, trail, where
from roster.wording import how_many, session_words


def offer_at_site(request: HttpRequest, region: str, month: str, asked: str) -> HttpResponse:
    """Offer a room of a site once, or on every such weekday until a day."""
    del region, month
    here, held, instance = at(request)
    if asked not in instance.site:
        raise Http404
    form = OfferForm(instance, asked, sent(request))
    back = where(here, "site", asked=asked)
    if form.is_valid():
        edits = sessions_offered(instance, asked, form.wanted())
        try:
            change(held, edits, here.by(), "offer a room")
        except EditError as error:
            form.add_error(None, said(error)[1])
        else:
            messages.success(request, form.says(edits))
            return redirect(back)
    name = instance.site[asked].name
    context = {
        "heading": f"Offer a room at {name}",
        "button": "Offer the room",
        "form": form,
        "errors": error_list(form),
        "trail": trail(here, ("Sites", where(here, "sites")), (name, back)),
    }
    return page(request, "manager_data/ask.html", context)


def remove_session(request: HttpRequest, region: str, month: str, asked: str) -> HttpResponse:
    """Take a session out; what that does to the published roster is said first."""
    del region, month
    here, _, instance = at(request)
    if asked not in instance.session:
        raise Http404
    told = instance.published
    visits = [v for v in told.visits if v.session_id == asked] if told else []
    people = sum(a.session_id == asked for a in told.appointments) if told else 0
    lines = tuple(
        f"Coach {v.coach_id} is booked there and would see {how_many(people, 'person', 'people')}. "
        "Repair the roster afterwards."
        for v in visits
    )
    site = instance.site[instance.site_of(asked)]
    back = where(here, "site", asked=site.site_id)
    words = session_words(instance, asked)
    removal = Removal(
        heading=f"Take {words} out?",
        button="Take it out",
        what="remove session",
        edit=RemoveSession(session_id=asked),
        thing=("sessions", asked),
        back=back,
        after=back,
        steps=(("Sites", where(here, "sites")), (site.name, back)),
        lines=lines,
    )
    return removed(request, removal)
