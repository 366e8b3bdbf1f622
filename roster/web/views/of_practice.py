"""What every page of a practice begins with: who asks, the month's data, the practice, and where its pages are."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.urls import reverse

from roster.calendar import long_month
from roster.domain import Practice
from roster.instance import Instance
from roster.store.models import PRACTICE_MANAGER, Month
from roster.store.months import instance_of
from roster.web.access import Here

_PAGES = (
    ("practice_month", "Rooms"),
    ("practice_visits", "Who comes when"),
    ("practice_referrals", "Referrals"),
    ("help", "What would help most"),
)
_ITS_MANAGERS = (("practice_feed", "Your calendar"),)


@dataclass(frozen=True)
class OfPractice:
    """A practice in a month, for whoever asks."""

    here: Here
    month: Month
    instance: Instance
    practice: Practice

    def where(self, name: str, **parts: object) -> str:
        """The address of one of the practice's pages."""
        assert self.here.region is not None
        of = {"region": self.here.region.slug, "month": self.month.month, "practice_id": self.practice.practice_id}
        return reverse(name, kwargs={**of, **parts})

    def context(self, current: str) -> dict[str, object]:
        """What the templates of all its pages use."""
        pages = (*_PAGES, *_ITS_MANAGERS) if self.here.role == PRACTICE_MANAGER else _PAGES
        return {
            "practice": self.practice,
            "site": self.instance.site[self.practice.site_id],
            "month_name": long_month(self.month.month),
            "where": self.where,
            "site_names": {site.site_id: site.name for site in self.instance.sites},
            "navigation": [
                *({"text": text, "href": self.where(name), "active": name == current} for name, text in pages),
                {"text": "Your pages", "href": reverse("home")},
                {"text": "Log out", "href": reverse("account_logout")},
            ],
        }


def of_practice(request: HttpRequest, practice_id: str) -> OfPractice:
    """Who asks, the month's data, and the practice. Raises Http404 where there is no such practice."""
    here: Here = request.here  # type: ignore[attr-defined]  # set by roster.web.access
    assert here.month is not None
    instance = instance_of(here.month)
    practice = instance.practice.get(practice_id)
    if practice is None:
        raise Http404
    return OfPractice(here, here.month, instance, practice)
