"""Pages of administrators."""

from roster.store.models import ADMINISTRATOR
from roster.web.access import Page
from roster.web.pages.parts import SEE_AND_SEND
from roster.web.views import administrator as people
from roster.web.views import administrator_regions as regions

_WHO = (ADMINISTRATOR,)
_HERE = "administration/"
_PERSON = f"{_HERE}people/<int:account>/"

PAGES: tuple[Page, ...] = (
    Page("admin", _HERE, people.index, _WHO),
    Page("admin_people", f"{_HERE}people/", people.accounts, _WHO),
    Page("admin_person_new", f"{_HERE}people/new/", people.new_account, _WHO, SEE_AND_SEND),
    Page("admin_person", _PERSON, people.account, _WHO),
    Page("admin_password", f"{_PERSON}password/", people.password, _WHO, SEE_AND_SEND),
    Page("admin_second_step", f"{_PERSON}second-step/", people.second_step, _WHO, SEE_AND_SEND),
    Page("admin_state", f"{_PERSON}state/", people.state, _WHO, SEE_AND_SEND),
    Page("admin_role_new", f"{_PERSON}roles/new/", people.new_role, _WHO, SEE_AND_SEND),
    Page("admin_role_take", f"{_PERSON}roles/<int:role>/take/", people.take_role, _WHO, SEE_AND_SEND),
    Page("admin_regions", f"{_HERE}regions/", regions.regions, _WHO),
    Page("admin_region_new", f"{_HERE}regions/new/", regions.new_region, _WHO, SEE_AND_SEND),
    Page("admin_region", f"{_HERE}regions/<slug:region>/", regions.region, _WHO, SEE_AND_SEND),
    Page("admin_log", f"{_HERE}log/", regions.log_entries, _WHO),
    Page("admin_log_check", f"{_HERE}log/check/", regions.log_check, _WHO),
    Page("admin_log_csv", f"{_HERE}log/log.csv", regions.log_csv, _WHO),
)
