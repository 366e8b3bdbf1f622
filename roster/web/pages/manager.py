"""Pages of the regional manager: rosters."""

from roster.store.models import REGIONAL_MANAGER
from roster.web.access import Page
from roster.web.pages.parts import MONTH, SEE_AND_SEND, SEND
from roster.web.views import manager, manager_comparing, manager_making, manager_publishing, manager_reading

_WHO = (REGIONAL_MANAGER,)
_JOB = f"{MONTH}rosters/job/<int:number>/"
_ROSTER = f"{MONTH}rosters/<slug:key>/"

PAGES = (
    Page("region_month", MONTH, manager.region_month, _WHO),
    Page("notice_seen", f"{MONTH}notices/<int:number>/seen/", manager.notice_seen, _WHO, SEND),
    Page("make_roster", f"{MONTH}rosters/make/", manager_making.make_roster, _WHO, SEE_AND_SEND),
    Page("happened", f"{MONTH}happened/<slug:what>/", manager_making.happened, _WHO, SEE_AND_SEND),
    Page("roster_job", _JOB, manager_making.roster_job, _WHO),
    Page("roster_job_now", f"{_JOB}now/", manager_making.roster_job_now, _WHO),
    Page("stop_job", f"{_JOB}stop/", manager_making.stop_job, _WHO, SEND),
    Page("choose_changes", f"{_JOB}choose/", manager_making.choose, _WHO, SEND),
    Page("rosters", f"{MONTH}rosters/", manager_reading.rosters, _WHO),
    Page("compare", f"{MONTH}rosters/compare/", manager_comparing.compare, _WHO),
    Page("roster", _ROSTER, manager_reading.roster, _WHO),
    Page("publish_roster", f"{_ROSTER}publish/", manager_publishing.publish_roster, _WHO, SEE_AND_SEND),
    Page("roster_as", f"{_ROSTER}<slug:how>/", manager_reading.roster_as, _WHO),
)
