"""Reading rosters: which there are, what one is, and the same by coach, site and day, as a table and on a map."""

from typing import get_args

from django.http import Http404, HttpRequest, HttpResponse

from roster.agenda import By
from roster.figures import figures_of
from roster.show.words import duration
from roster.store.models import Month
from roster.store.months import instance_of
from roster.store.publishing import document_of
from roster.store.rosters import Held, held, lines, named, newest_key
from roster.store.told import newest
from roster.web.access import Here
from roster.web.map_of import map_of
from roster.web.reading import WAYS, grid_of, parts_of, prices_of, reasons_of, times_of, total_words
from roster.web.rendering import page
from roster.web.terms import terms
from roster.web.views.manager import Asking, address_of, of_month, roster_trail, trail
from roster.wording import how_good


def rosters(request: HttpRequest, region: str, month: str) -> HttpResponse:
    """Every version, and every roster that was made."""
    del region, month
    here, month_held = of_month(request)
    versions = [document_of(row) for row in month_held.versions.order_by("-number")]
    made = [line for line in lines(month_held) if line.key.startswith("made-")]
    context = {"trail": trail(here), "versions": versions, "made": made, "told": newest_key(month_held)}
    return page(request, "manager/rosters.html", context)


def roster(request: HttpRequest, region: str, month: str, key: str) -> HttpResponse:
    """What a roster is: how good, whom it sees, what it costs, who is not seen and why."""
    del region, month
    here, month_held = of_month(request)
    found = roster_of(month_held, key)
    context = {
        "trail": trail(here, ("Rosters", address_of(here, "rosters"))),
        "how_good": how_good(found.whole),
        "total": total_words(found.whole),
        "figures": figures_of(found.instance, found.roster),
        "prices": prices_of(found.whole, terms().preferences),
        "reasons": reasons_of(found.roster.unseen),
        "duration": duration,
        "ways": WAYS,
        "told": newest_key(month_held),
        "is_told": newest(month_held) > 0 and found.whole == instance_of(month_held).published,
        "why": address_of(here, "explain"),
        **_heading(here, found),
    }
    return page(request, "manager/roster.html", context)


def roster_as(request: HttpRequest, region: str, month: str, key: str, how: str) -> HttpResponse:
    """The roster itself, in one of the ways in which it can be read."""
    del region, month
    here, month_held = of_month(request)
    if how not in WAYS:
        raise Http404
    found = roster_of(month_held, key)
    context = {"trail": roster_trail(here, key), "ways": WAYS, "how": how, "way": WAYS[how], **_heading(here, found)}
    if how in get_args(By):
        by = next(by for by in get_args(By) if by == how)
        context |= {"parts_shown": parts_of(found.instance, found.roster, by), "times": times_of}
        return page(request, "manager/roster_parts.html", context)
    if how == "map":
        return page(request, "manager/roster_map.html", context | {"drawing": map_of(found.instance, found.roster)})
    coaches, rows = grid_of(found.instance, found.roster)
    return page(request, "manager/roster_month.html", context | {"coaches": coaches, "rows": rows, "times": times_of})


def roster_of(month: Month, key: str) -> Held:
    """The roster of a key. Raises Http404 where there is none."""
    found = held(month, key)
    if found is None:
        raise Http404
    return found


def _heading(here: Here, found: Held) -> dict[str, object]:
    return {"found": found, "name": named(found.key), "key": found.key, "ask": Asking(here, found.key)}
