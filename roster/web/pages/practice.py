"""Pages of one practice: for its manager, and for the regional manager."""

from roster.store.models import PRACTICE_MANAGER, REGIONAL_MANAGER
from roster.web.access import Page
from roster.web.pages.parts import MONTH, SEE_AND_SEND
from roster.web.views import practice

_WHO = (PRACTICE_MANAGER, REGIONAL_MANAGER)
_HERE = f"{MONTH}practice/<str:practice_id>/"

PAGES = (
    Page("practice_month", _HERE, practice.month, _WHO),
    Page("offer", f"{_HERE}offer/", practice.offer, _WHO, SEE_AND_SEND),
    Page("withdraw", f"{_HERE}withdraw/<str:session_id>/", practice.withdraw, _WHO, SEE_AND_SEND),
)
