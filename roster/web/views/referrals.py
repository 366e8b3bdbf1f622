"""A practice's own referrals: the list, adding one, and withdrawing one whose consent is gone.

Ids of referrals are never part of an address: addresses are kept in logs and histories.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from roster.domain import Referral
from roster.edits import EditError
from roster.store.changing import change
from roster.store.consent import withdraw_consent
from roster.store.told import visits_told
from roster.web.fields import error_list
from roster.web.referring import ReferralForm
from roster.web.rendering import page
from roster.web.views.of_practice import OfPractice, of_practice

_GONE = "The referral is withdrawn. It is gone from everything that is held here."


@dataclass(frozen=True)
class Told:
    """An appointment that somebody was told."""

    date: date
    start: int
    site: str


@dataclass(frozen=True)
class Listed:
    """A referral with the appointments of its people."""

    referral: Referral
    told: tuple[Told, ...]


def referrals(request: HttpRequest, region: str, month: str, practice_id: str) -> HttpResponse:
    """The practice's own referrals."""
    del region, month
    of = of_practice(request, practice_id)
    context = {"rows": _listed(of), "published": of.instance.published is not None}
    return page(request, "practice/referrals.html", {**of.context("practice_referrals"), **context})


def add(request: HttpRequest, region: str, month: str, practice_id: str) -> HttpResponse:
    """Add a referral."""
    del region, month
    of = of_practice(request, practice_id)
    form = ReferralForm(of.instance, practice_id, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            change(of.month, [form.edit()], of.here.by(), "add a referral")
        except EditError as error:
            form.add_error("referral_id", f"{error.says}. {error.do}")
        else:
            messages.success(request, "The referral is added.")
            return redirect(of.where("practice_referrals"))
    context = {"form": form, "errors": error_list(form)}
    return page(request, "practice/add_referral.html", {**of.context("practice_referrals"), **context})


def withdraw(request: HttpRequest, region: str, month: str, practice_id: str) -> HttpResponse:
    """Withdraw a referral: first what that does, then, confirmed, it is gone at once."""
    del region, month
    of = of_practice(request, practice_id)
    referral_id = request.POST.get("referral_id", "")
    found = next((row for row in _listed(of) if row.referral.referral_id == referral_id), None)
    if found is None:
        messages.success(request, "That referral is not held here any more.")
        return redirect(of.where("practice_referrals"))
    if request.POST.get("confirmed") == "yes":
        withdraw_consent(of.month, practice_id, referral_id, of.here.by())
        messages.success(request, _GONE)
        return redirect(of.where("practice_referrals"))
    return page(request, "practice/withdraw_referral.html", {**of.context("practice_referrals"), "row": found})


def _listed(of: OfPractice) -> list[Listed]:
    told: dict[str, list[Told]] = defaultdict(list)
    for visit in visits_told(of.month, of.instance):
        site = of.instance.site.get(visit.place.site_id)
        for a in visit.appointments:
            told[a.referral_id].append(Told(visit.date, a.start, site.name if site else visit.place.site_id))
    own = (r for r in of.instance.referrals if r.practice_id == of.practice.practice_id)
    return [Listed(r, tuple(told.get(r.referral_id, ()))) for r in own]
