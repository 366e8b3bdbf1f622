"""Pages of the regional manager: data, the explanation, and questions about a roster."""

from roster.store.models import REGIONAL_MANAGER
from roster.web.access import Page, View
from roster.web.pages.parts import MONTH, SEE_AND_SEND, SEND
from roster.web.views import (
    manager_data,
    manager_data_asking,
    manager_data_coaches,
    manager_data_explaining,
    manager_data_files,
    manager_data_lists,
    manager_data_sessions,
    manager_data_sites,
)
from roster.web.views.manager_data_forms import told_when_gone

_WHO = (REGIONAL_MANAGER,)
_DATA = f"{MONTH}data/"
_IMPORT = "<slug:region>/no-month/import/"
_ANSWER = f"{MONTH}answers/<int:number>/"
_VISIT = "<path:coach_id_asked>/in/<path:session_id>"


def _see(name: str, where: str, view: View) -> Page:
    return Page(name, f"{_DATA}{where}", view, _WHO)


def _send(name: str, where: str, view: View) -> Page:
    return Page(name, f"{_DATA}{where}", told_when_gone(view), _WHO, SEE_AND_SEND)


PAGES: tuple[Page, ...] = (
    _see("data", "", manager_data.data),
    _see("undeclared", "undeclared/", manager_data.undeclared),
    _see("data_notices", "notices/", manager_data.notices),
    _send("policy", "policy/", manager_data.policy),
    _send("prices", "prices/", manager_data.prices),
    _see("coaches", "coaches/", manager_data_coaches.coaches),
    _send("add_coach", "coaches/add/", manager_data_coaches.add_coach),
    _see("coach", "coach/<path:asked>/", manager_data_coaches.coach),
    _send("change_coach", "change-coach/<path:asked>/", manager_data_coaches.change_coach),
    _send("remove_coach", "remove-coach/<path:asked>/", manager_data_coaches.remove_coach),
    _send("add_hours", "add-hours/<path:asked>/", manager_data_coaches.add_hours),
    _send("remove_hours", "remove-hours/<path:asked>/", manager_data_coaches.remove_hours),
    _send("add_leave", "add-leave/<path:asked>/", manager_data_coaches.add_leave),
    _send("remove_leave", "remove-leave/<path:asked>/", manager_data_coaches.remove_leave),
    _see("sites", "sites/", manager_data_sites.sites),
    _see("site", "site/<path:asked>/", manager_data_sites.site),
    _send("change_site", "change-site/<path:asked>/", manager_data_sites.change_site),
    _send("add_room", "add-room/<path:asked>/", manager_data_sites.add_room),
    _send("change_room", "change-room/<path:asked>/", manager_data_sites.change_room),
    _send("remove_room", "remove-room/<path:asked>/", manager_data_sites.remove_room),
    _send("offer_at_site", "offer/<path:asked>/", manager_data_sessions.offer_at_site),
    _send("remove_session", "remove-session/<path:asked>/", manager_data_sessions.remove_session),
    _see("bookings", "bookings/", manager_data_lists.bookings),
    _send("add_booking", "bookings/add/", manager_data_lists.add_booking),
    _send("remove_booking", "remove-booking/<path:asked>/", manager_data_lists.remove_booking),
    _see("pins", "pins/", manager_data_lists.pins),
    _send("add_pin", "pins/add/", manager_data_lists.add_pin),
    _send("remove_pin", "pins/remove/", manager_data_lists.remove_pin),
    _see("files", "files/", manager_data_files.files),
    _see("workbook", "workbook.xlsx", manager_data_files.workbook),
    _see("template", "template.xlsx", manager_data_files.template),
    Page("import_data", _IMPORT, manager_data_files.hand_in_file, _WHO, SEE_AND_SEND),
    Page("import_preview", f"{_IMPORT}<int:number>/", manager_data_files.preview, _WHO, SEE_AND_SEND),
    Page("explain", f"{MONTH}explain/", manager_data_explaining.explain, _WHO, SEE_AND_SEND),
    Page("answer", _ANSWER, manager_data_explaining.answer, _WHO),
    Page("answer_now", f"{_ANSWER}now/", manager_data_explaining.answer_now, _WHO),
    Page("stop_answer", f"{_ANSWER}stop/", manager_data_explaining.stop_answer, _WHO, SEND),
    Page("apply_proposal", f"{_ANSWER}change/<int:which>/", manager_data_explaining.apply_proposal, _WHO, SEE_AND_SEND),
    Page("why_month", f"{MONTH}why/", manager_data_asking.why_month, _WHO, SEE_AND_SEND),
    Page("why_not", f"{MONTH}why-not/", manager_data_asking.why_not, _WHO, SEE_AND_SEND),
    Page("why_person", f"{MONTH}why/person/<path:referral_id>/", manager_data_asking.why_person, _WHO, SEE_AND_SEND),
    Page("why_coach", f"{MONTH}why/coach/<path:asked>/", manager_data_asking.why_coach, _WHO, SEE_AND_SEND),
    Page("why_site", f"{MONTH}why/site/<path:asked>/", manager_data_asking.why_site, _WHO, SEE_AND_SEND),
    Page("why_visit", f"{MONTH}why/visit/{_VISIT}/", manager_data_asking.why_visit, _WHO, SEE_AND_SEND),
)
