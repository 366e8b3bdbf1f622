"""What the pages of data share: who asks about which month, and a form from being shown to its edits being made."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from roster.calendar import long_month
from roster.edit_words import edits_words
from roster.edits import Edit, EditError
from roster.instance import Instance
from roster.store.changing import Overtaken, change, mark_of
from roster.store.models import Month
from roster.store.months import instance_of
from roster.web.access import Here, View
from roster.web.edit_form import EditForm, Thing, said
from roster.web.fields import error_list
from roster.web.proposals import in_short
from roster.web.rendering import page

OVERTAKEN = "Somebody else has changed this in the meantime. What you typed is kept. Look at it again before you save."
GONE = "Somebody else has taken this out in the meantime. Nothing was changed."
NOTHING = "Nothing was changed, so nothing was saved."


def at(request: HttpRequest) -> tuple[Here, Month, Instance]:
    """Who asks, the month, and its data."""
    here: Here = request.here  # type: ignore[attr-defined]  # set by roster.web.access
    assert here.month is not None
    return here, here.month, instance_of(here.month)


def told_when_gone(view: View) -> View:
    """The view; what is sent about a thing that is not there any more is answered in words."""

    @wraps(view)
    def wrapped(request: HttpRequest, **parts: object) -> HttpResponse:
        try:
            return view(request, **parts)
        except Http404:
            if request.method != "POST":
                raise
            return _gone(request)

    return wrapped


def _gone(request: HttpRequest) -> HttpResponse:
    return page(request, "plain.html", {"heading": "It is not there any more", "lines": [GONE]}, status=404)


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form sent; None where the page is only looked at."""
    return request.POST if request.method == "POST" else None


def where(here: Here, name: str, **parts: object) -> str:
    """The address of another page of the month."""
    assert here.region is not None
    assert here.month is not None
    return reverse(name, kwargs={"region": here.region.slug, "month": here.month.month, **parts})


def trail(here: Here, *steps: tuple[str, str]) -> list[dict[str, str]]:
    """The way to a page: the month, its data, then the steps (words, address)."""
    assert here.month is not None
    first = ((long_month(here.month.month), where(here, "region_month")), ("Data", where(here, "data")))
    return [{"text": words, "href": address} for words, address in (*first, *steps)]


@dataclass(frozen=True)
class Asked:
    """A page with a form. ``what``: its name in the log; ``is_there``: whether its thing is there in an instance."""

    heading: str
    button: str
    what: str
    back: str
    steps: tuple[tuple[str, str], ...]
    intro: tuple[str, ...] = ()
    is_there: Callable[[Instance], bool] = lambda _: True


def answer(request: HttpRequest, asked: Asked, form: EditForm) -> HttpResponse:
    """Show the form, or make its edits and go back; what cannot be made is said beside what was typed."""
    here, month, before = at(request)
    if form.is_bound and form.is_valid():
        edits: Sequence[Edit] = ()
        try:
            edits = form.edits()
            says = in_short(edits_words(before, edits)) or NOTHING
            if edits:
                change(month, edits, here.by(), asked.what, form.marks())
            messages.success(request, says)
            return redirect(asked.back)
        except EditError as error:
            form.refuse(error, edits)
        except Overtaken:
            return _overtaken(request, asked, form)
    return _shown(request, asked, form, error_list(form))


def _overtaken(request: HttpRequest, asked: Asked, form: EditForm) -> HttpResponse:
    """Somebody else was first: the form again, with what was typed and what the thing is now."""
    _, month, _ = at(request)
    month.refresh_from_db()
    now = instance_of(month)
    if not asked.is_there(now):
        return _gone(request)
    again = form.again(now)
    first = next(iter(again.now), next(iter(again.fields)))
    errors = [{"text": OVERTAKEN, "href": f"#{again[first].id_for_label}"}]
    return _shown(request, asked, again, errors, status=409)


def _shown(
    request: HttpRequest, asked: Asked, form: EditForm, errors: list[dict[str, str]], status: int = 200
) -> HttpResponse:
    here, _, _ = at(request)
    context = {"asked": asked, "form": form, "errors": errors, "trail": trail(here, *asked.steps)}
    return page(request, "manager_data/form.html", context, status=status)


# -- taking something out -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Removal:
    """A page that asks whether something is to be taken out. ``thing``: whose mark the page carries, None: nobody's."""

    heading: str
    button: str
    what: str
    edit: Edit
    thing: Thing | None
    back: str
    after: str
    steps: tuple[tuple[str, str], ...]
    lines: tuple[str, ...] = ()


def removed(request: HttpRequest, removal: Removal) -> HttpResponse:
    """Ask, saying what it does; then do it."""
    here, month, instance = at(request)
    problem: list[dict[str, str]] = []
    if request.method == "POST":
        marks = {removal.thing: request.POST.get("mark", "")} if removal.thing else {}
        says = " ".join(edits_words(instance, [removal.edit]))
        try:
            change(month, [removal.edit], here.by(), removal.what, marks)
        except Overtaken:
            text = "Somebody else has changed this in the meantime. This is how it is now."
            problem = [{"text": text, "href": "#sure"}]
            month.refresh_from_db()
            instance = instance_of(month)
        except EditError as error:
            problem = [{"text": said(error)[1], "href": "#sure"}]
        else:
            messages.success(request, says)
            return redirect(removal.after)
    context = {
        "removal": removal,
        "says": _says(instance, removal.edit),
        "mark": mark_of(instance, *removal.thing) if removal.thing else "",
        "errors": problem,
        "trail": trail(here, *removal.steps),
    }
    return page(request, "manager_data/remove.html", context, status=409 if problem else 200)


def _says(instance: Instance, edit: Edit) -> str:
    try:
        return " ".join(edits_words(instance, [edit]))
    except EditError:
        return "It is not there any more."
