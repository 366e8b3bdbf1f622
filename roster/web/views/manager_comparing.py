"""What differs between two rosters of a month, and what to tell everybody for whom something does."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from roster.changes import Changes, changes_between, messages_between
from roster.changes.words import differences, stretch
from roster.pages.repair import groups_of
from roster.store.rosters import Held, held, lines, named, newest_key
from roster.web.rendering import page
from roster.web.views.manager import of_month, trail

_EFFECTS = {
    "worse": "For whom it is worse",
    "neutral": "Neither better nor worse, or both",
    "better": "For whom it is better",
}


def compare(request: HttpRequest, region: str, month: str) -> HttpResponse:
    """Two rosters beside one another: the published one and another, unless two are chosen."""
    del region, month
    here, month_held = of_month(request)
    choices = lines(month_held)
    keys = [line.key for line in choices]
    was = request.GET.get("was") or newest_key(month_held) or next(iter(keys), "")
    now = request.GET.get("now") or next((key for key in keys if key != was), was)
    context: dict[str, Any] = {"trail": trail(here), "choices": choices, "was": was, "now": now}
    if len(keys) < 2:
        return page(request, "manager/compare.html", context)
    before, after = held(month_held, was), held(month_held, now)
    if before is None or after is None:
        raise Http404
    return page(request, "manager/compare.html", context | _differences(before, after))


def _differences(before: Held, after: Held) -> dict[str, Any]:
    changes = changes_between(before.instance, after.instance, before.roster, after.roster)
    messages = messages_between(before.instance, after.instance, before.roster, after.roster)
    return {
        "changes": changes,
        "was_name": named(before.key),
        "now_name": named(after.key),
        "people": _people(changes),
        "groups": groups_of(messages),
        "differences": differences,
        "stretch": stretch,
    }


def _people(changes: Changes) -> list[tuple[str, list[Any]]]:
    found = [(says, [p for p in changes.people if p.effect == effect]) for effect, says in _EFFECTS.items()]
    return [(says, people) for says, people in found if people]
