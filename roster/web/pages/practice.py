"""Pages of one practice: for its manager, and for the regional manager."""

from roster.store.models import PRACTICE_MANAGER, REGIONAL_MANAGER
from roster.web.access import Page
from roster.web.pages.parts import MONTH, SEE_AND_SEND, SEND
from roster.web.views import feeds, helping, practice, referrals, visits

_WHO = (PRACTICE_MANAGER, REGIONAL_MANAGER)
_HERE = f"{MONTH}practice/<str:practice_id>/"

PAGES = (
    Page("practice_month", _HERE, practice.month, _WHO),
    Page("offer", f"{_HERE}offer/", practice.offer, _WHO, SEE_AND_SEND),
    Page("withdraw", f"{_HERE}withdraw/<str:session_id>/", practice.withdraw, _WHO, SEE_AND_SEND),
    Page("practice_referrals", f"{_HERE}referrals/", referrals.referrals, _WHO),
    Page("add_referral", f"{_HERE}referrals/add/", referrals.add, _WHO, SEE_AND_SEND),
    Page("withdraw_referral", f"{_HERE}referrals/withdraw/", referrals.withdraw, _WHO, SEND),
    Page("practice_visits", f"{_HERE}visits/", visits.visits, _WHO),
    Page("door_sheet", f"{_HERE}visits/<str:week>/", visits.door, _WHO),
    Page("help", f"{_HERE}help/", helping.help_most, _WHO, SEE_AND_SEND),
    Page("help_progress", f"{_HERE}help/<int:job_id>/", helping.progress, _WHO),
    Page("help_offer", f"{_HERE}help/<int:job_id>/offer/", helping.offer, _WHO, SEND),
    Page("practice_feed", f"{_HERE}calendar/", practice.feed, (PRACTICE_MANAGER,), SEE_AND_SEND),
    Page("feed", "feeds/<str:secret>.ics", feeds.feed, (), open_to_all=True),
)
