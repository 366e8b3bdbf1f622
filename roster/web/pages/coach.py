"""Pages of one coach. The regional manager sees the diary and the leave too."""

from roster.store.models import COACH, REGIONAL_MANAGER
from roster.web.access import Page
from roster.web.pages.parts import MONTH, SEE_AND_SEND, SEND
from roster.web.views import coach

_WHO = (COACH, REGIONAL_MANAGER)
_HERE = f"{MONTH}coach/<str:coach_id>/"

PAGES: tuple[Page, ...] = (
    Page("coach_month", _HERE, coach.month, _WHO),
    Page("coach_leave", f"{_HERE}leave/", coach.leave, _WHO, SEE_AND_SEND),
    Page("coach_end_leave", f"{_HERE}leave/end/", coach.end_leave, _WHO, SEND),
    Page("coach_feed", f"{_HERE}calendar/", coach.feed, (COACH,), SEE_AND_SEND),
)
