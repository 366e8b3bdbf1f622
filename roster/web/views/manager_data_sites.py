"""The sites of a month and their rooms: the list, one site's page, and what can be changed about them."""

from collections import Counter

from django.http import Http404, HttpRequest, HttpResponse

from roster.calendar import friendly_time, long_day
from roster.domain import Room, Site
from roster.edits import RemoveRoom
from roster.files.columns import TABLE
from roster.instance import Instance
from roster.web.access import Here
from roster.web.data_forms import NewRoomForm, RoomForm, SiteForm
from roster.web.edit_form import as_text
from roster.web.labels import KIND_NAMES, label_of, with_unit
from roster.web.rendering import page
from roster.web.views.manager_data_forms import Asked, Removal, answer, at, removed, sent, trail, where
from roster.wording import how_many


def sites(request: HttpRequest, region: str, month: str) -> HttpResponse:
    """Every site, with how much it offers and what is asked of it."""
    del region, month
    here, _, instance = at(request)
    offered = offered_at(instance)
    rooms = Counter(room.site_id for room in instance.rooms)
    rows = [
        {
            "name": site.name,
            "id": site.site_id,
            "href": where(here, "site", asked=site.site_id),
            "kind": KIND_NAMES[site.kind],
            "rooms": rooms[site.site_id],
            "sessions": offered[site.site_id],
            "fewest": "none" if site.min_sessions is None else f"{site.min_sessions:,}",
            "most": "no limit" if site.max_sessions is None else f"{site.max_sessions:,}",
        }
        for site in sorted(instance.sites, key=lambda site: site.name)
    ]
    return page(request, "manager_data/sites.html", {"rows": rows, "files": where(here, "files"), "trail": trail(here)})


def offered_at(instance: Instance) -> Counter[str]:
    """How many sessions of the month are offered at each site."""
    return Counter(instance.site_of(s.session_id) for s in instance.sessions if instance.is_in_month(s.date))


def site(request: HttpRequest, region: str, month: str, asked: str) -> HttpResponse:
    """One site: its limits, features and hire, and its rooms."""
    del region, month
    here, _, instance = at(request)
    found = _site(instance, asked)
    offered = Counter(s.room_id for s in instance.sessions if instance.is_in_month(s.date))
    context = {
        "site": found,
        "facts": _facts(found),
        "rooms": [
            {
                "id": room.room_id,
                "features": ", ".join(room.features).replace("_", " ") or "none of its own",
                "sessions": offered[room.room_id],
                "change": where(here, "change_room", asked=room.room_id),
                "remove": where(here, "remove_room", asked=room.room_id),
            }
            for room in instance.rooms
            if room.site_id == asked
        ],
        "practices": [
            (practice.name, where(here, "practice_month", practice_id=practice.practice_id))
            for practice in instance.practices
            if practice.site_id == asked
        ],
        "sessions": _sessions(here, instance, asked),
        "offer": where(here, "offer_at_site", asked=asked),
        "change": where(here, "change_site", asked=asked),
        "add": where(here, "add_room", asked=asked),
        "trail": trail(here, ("Sites", where(here, "sites"))),
    }
    return page(request, "manager_data/site.html", context)


def change_site(request: HttpRequest, region: str, month: str, asked: str) -> HttpResponse:
    """Change how many sessions a site has, its features and its hire."""
    del region, month
    here, _, instance = at(request)
    found = _site(instance, asked)
    form = SiteForm(instance, ("sites", asked), sent(request))
    return answer(request, _asked(here, found, f"Change {found.name}", "Save", "change a site"), form)


def add_room(request: HttpRequest, region: str, month: str, asked: str) -> HttpResponse:
    """Add a room to a site."""
    del region, month
    here, _, instance = at(request)
    found = _site(instance, asked)
    form = NewRoomForm(instance, ("sites", asked), sent(request))
    return answer(request, _asked(here, found, f"Add a room at {found.name}", "Add the room", "add a room"), form)


def change_room(request: HttpRequest, region: str, month: str, asked: str) -> HttpResponse:
    """Change what a room has of its own."""
    del region, month
    here, _, instance = at(request)
    room = _room(instance, asked)
    found = instance.site[room.site_id]
    form = RoomForm(instance, ("rooms", asked), sent(request))
    heading = f"Change room {asked} at {found.name}"
    back = where(here, "site", asked=found.site_id)
    made = Asked(heading, "Save", "change a room", back, _steps(here, found), is_there=lambda now: asked in now.room)
    return answer(request, made, form)


def remove_room(request: HttpRequest, region: str, month: str, asked: str) -> HttpResponse:
    """Take a room out, with its sessions."""
    del region, month
    here, _, instance = at(request)
    room = _room(instance, asked)
    found = instance.site[room.site_id]
    sessions = {s.session_id for s in instance.sessions if s.room_id == asked}
    told = sum(v.session_id in sessions for v in instance.published.visits) if instance.published else 0
    lines = (
        (f"The published roster has {how_many(told, 'visit')} there. Repair the roster afterwards.",) if told else ()
    )
    back = where(here, "site", asked=found.site_id)
    removal = Removal(
        heading=f"Take room {asked} at {found.name} out?",
        button="Take the room out",
        what="remove room",
        edit=RemoveRoom(room_id=asked),
        thing=("rooms", asked),
        back=back,
        after=back,
        steps=_steps(here, found),
        lines=lines,
    )
    return removed(request, removal)


# -- the parts ------------------------------------------------------------------------------------------------


def _site(instance: Instance, site_id: str) -> Site:
    found = instance.site.get(site_id)
    if found is None:
        raise Http404
    return found


def _room(instance: Instance, room_id: str) -> Room:
    found = instance.room.get(room_id)
    if found is None:
        raise Http404
    return found


def _steps(here: Here, found: Site) -> tuple[tuple[str, str], ...]:
    return ("Sites", where(here, "sites")), (found.name, where(here, "site", asked=found.site_id))


def _asked(here: Here, found: Site, heading: str, button: str, what: str) -> Asked:
    back = where(here, "site", asked=found.site_id)
    return Asked(heading, button, what, back, _steps(here, found), is_there=lambda now: found.site_id in now.site)


def _sessions(here: Here, instance: Instance, site_id: str) -> list[dict[str, str]]:
    """The sessions at a site, in order of time."""
    there = [s for s in instance.sessions if instance.site_of(s.session_id) == site_id]
    return [
        {
            "words": f"{long_day(s.date)}, {friendly_time(s.start)} to {friendly_time(s.end)}, room {s.room_id}",
            "remove": where(here, "remove_session", asked=s.session_id),
        }
        for s in sorted(there, key=lambda s: (s.date, s.start, s.session_id))
    ]


def _facts(found: Site) -> list[tuple[str, str]]:
    """What the site's page says: the name of each field and what it holds, with its unit."""
    empty = {"max_sessions": "no limit"}
    shown = [("Kind of building", KIND_NAMES[found.kind])]
    for name in SiteForm.columns:
        label = label_of("sites", name)
        text = as_text(TABLE["sites"].column[name], getattr(found, name))
        shown.append((label.name, with_unit(text, label) if text else empty.get(name, "none")))
    return shown
