"""Pages of planners. The regional manager may use them too."""

from roster.store.models import PLANNER, REGIONAL_MANAGER
from roster.web.access import Page
from roster.web.pages.parts import MONTH, SEE_AND_SEND, SEND
from roster.web.views import planner

_WHO = (PLANNER, REGIONAL_MANAGER)
_HERE = f"{MONTH}plans/"
_JOB = f"{_HERE}<int:number>/"

PAGES: tuple[Page, ...] = (
    Page("plans", _HERE, planner.plans, _WHO),
    Page("plan_new", f"{_HERE}new/", planner.new, _WHO, SEE_AND_SEND),
    Page("plan_file", f"{_HERE}file/", planner.from_file, _WHO, SEE_AND_SEND),
    Page("plan_job", _JOB, planner.job, _WHO),
    Page("plan_job_now", f"{_JOB}now/", planner.now, _WHO),
    Page("plan_stop", f"{_JOB}stop/", planner.stop, _WHO, SEND),
    Page("plan_table", f"{_JOB}<slug:name>.csv", planner.table, _WHO),
)
