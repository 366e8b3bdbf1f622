"""Every page of the service, and who may use it. There is no page that is not in this table."""

from roster.store.models import PRACTICE_MANAGER, REGIONAL_MANAGER
from roster.web.access import Page
from roster.web.views import anyone, practice, static_pages

_OWN_PRACTICE = (PRACTICE_MANAGER, REGIONAL_MANAGER)
_BOTH = ("GET", "POST")
_MONTH = "<slug:region>/<str:month>/"
_PRACTICE = f"{_MONTH}practice/<str:practice_id>/"

PAGES: tuple[Page, ...] = (
    Page("home", "", anyone.home, ()),
    Page("trust", "trust/", static_pages.trust, (), open_to_all=True),
    Page("accessibility", "accessibility/", static_pages.accessibility, (), open_to_all=True),
    Page("practice_month", _PRACTICE, practice.month, _OWN_PRACTICE),
    Page("offer", f"{_PRACTICE}offer/", practice.offer, _OWN_PRACTICE, _BOTH),
    Page("withdraw", f"{_PRACTICE}withdraw/<str:session_id>/", practice.withdraw, _OWN_PRACTICE, _BOTH),
)
