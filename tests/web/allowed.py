"""Who may use which page, written down once more and by hand: what the tables of the service are held against.

Somebody who adds a page adds it here too, with the people who may use it; until then a test fails.
"""

from dataclasses import dataclass

OPEN = frozenset({"nobody"})
"""Everybody, logged in or not."""
ANYBODY = frozenset({"somebody"})
"""Everybody who is logged in."""
ADMINISTRATOR = frozenset({"administrator"})
MANAGER = frozenset({"manager"})
PLANNERS = MANAGER | {"planner"}
PRACTICE = frozenset({"practice"})
COACH = frozenset({"coach"})

SEE, SEND, BOTH = ("GET", "HEAD"), ("POST",), ("GET", "HEAD", "POST")


@dataclass(frozen=True)
class Line:
    """A page: a path with things that exist, who of those in ``tests.web.world`` may use it, and the methods."""

    name: str
    path: str
    who: frozenset[str]
    methods: tuple[str, ...]


def _lines(who: frozenset[str], methods: tuple[str, ...], pages: dict[str, str]) -> tuple[Line, ...]:
    return tuple(Line(name, path, who, methods) for name, path in pages.items())


LINES = (
    *_lines(
        OPEN,
        SEE,
        {
            "trust": "/trust/",
            "accessibility": "/accessibility/",
            "published": "/published/{region}/{date}/",
            "feed": "/feeds/{secret}.ics",
        },
    ),
    *_lines(ANYBODY, SEE, {"home": "/"}),
    *_lines(
        ADMINISTRATOR,
        SEE,
        {
            "admin": "/administration/",
            "admin_people": "/administration/people/",
            "admin_person": "/administration/people/{account}/",
            "admin_regions": "/administration/regions/",
            "admin_log": "/administration/log/",
            "admin_log_check": "/administration/log/check/",
            "admin_log_csv": "/administration/log/log.csv",
        },
    ),
    *_lines(
        ADMINISTRATOR,
        BOTH,
        {
            "admin_person_new": "/administration/people/new/",
            "admin_password": "/administration/people/{account}/password/",
            "admin_second_step": "/administration/people/{account}/second-step/",
            "admin_state": "/administration/people/{account}/state/",
            "admin_role_new": "/administration/people/{account}/roles/new/",
            "admin_role_take": "/administration/people/{account}/roles/{role}/take/",
            "admin_region_new": "/administration/regions/new/",
            "admin_region": "/administration/regions/{region}/",
        },
    ),
    *_lines(
        PRACTICE | MANAGER,
        SEE,
        {
            "practice_month": "{practice}/",
            "practice_referrals": "{practice}/referrals/",
            "practice_visits": "{practice}/visits/",
            "door_sheet": "{practice}/visits/{week}/",
            "help_progress": "{practice}/help/{help}/",
        },
    ),
    *_lines(
        PRACTICE | MANAGER,
        BOTH,
        {
            "offer": "{practice}/offer/",
            "withdraw": "{practice}/withdraw/{own_session}/",
            "add_referral": "{practice}/referrals/add/",
            "help": "{practice}/help/",
        },
    ),
    *_lines(
        PRACTICE | MANAGER,
        SEND,
        {"withdraw_referral": "{practice}/referrals/withdraw/", "help_offer": "{practice}/help/{help}/offer/"},
    ),
    *_lines(
        PLANNERS,
        SEE,
        {
            "plans": "{month}/plans/",
            "plan_job": "{month}/plans/{plan}/",
            "plan_job_now": "{month}/plans/{plan}/now/",
            "plan_table": "{month}/plans/{plan}/scenarios.csv",
        },
    ),
    *_lines(PLANNERS, BOTH, {"plan_new": "{month}/plans/new/", "plan_file": "{month}/plans/file/"}),
    *_lines(PLANNERS, SEND, {"plan_stop": "{month}/plans/{plan}/stop/"}),
    *_lines(PRACTICE, BOTH, {"practice_feed": "{practice}/calendar/"}),
    *_lines(COACH | MANAGER, SEE, {"coach_month": "{coach}/"}),
    *_lines(COACH | MANAGER, BOTH, {"coach_leave": "{coach}/leave/"}),
    *_lines(COACH | MANAGER, SEND, {"coach_end_leave": "{coach}/leave/end/"}),
    *_lines(COACH, BOTH, {"coach_feed": "{coach}/calendar/"}),
    *_lines(
        MANAGER,
        SEE,
        {
            "region_month": "{month}/",
            "roster_job": "{month}/rosters/job/{repair}/",
            "roster_job_now": "{month}/rosters/job/{repair}/now/",
            "rosters": "{month}/rosters/",
            "compare": "{month}/rosters/compare/",
            "roster": "{month}/rosters/{key}/",
            "roster_as": "{month}/rosters/{key}/coach/",
            "data": "{month}/data/",
            "undeclared": "{month}/data/undeclared/",
            "data_notices": "{month}/data/notices/",
            "coaches": "{month}/data/coaches/",
            "coach": "{month}/data/coach/{coach_id}/",
            "sites": "{month}/data/sites/",
            "site": "{month}/data/site/{site_id}/",
            "bookings": "{month}/data/bookings/",
            "pins": "{month}/data/pins/",
            "files": "{month}/data/files/",
            "workbook": "{month}/data/workbook.xlsx",
            "template": "{month}/data/template.xlsx",
            "answer": "{month}/answers/{answer}/",
            "answer_now": "{month}/answers/{answer}/now/",
        },
    ),
    *_lines(
        MANAGER,
        SEND,
        {
            "notice_seen": "{month}/notices/{notice}/seen/",
            "stop_job": "{month}/rosters/job/{repair}/stop/",
            "choose_changes": "{month}/rosters/job/{repair}/choose/",
            "stop_answer": "{month}/answers/{answer}/stop/",
        },
    ),
    *_lines(
        MANAGER,
        BOTH,
        {
            "make_roster": "{month}/rosters/make/",
            "happened": "{month}/happened/{what}/",
            "publish_roster": "{month}/rosters/{key}/publish/",
            "policy": "{month}/data/policy/",
            "prices": "{month}/data/prices/",
            "add_coach": "{month}/data/coaches/add/",
            "change_coach": "{month}/data/change-coach/{coach_id}/",
            "remove_coach": "{month}/data/remove-coach/{coach_id}/",
            "add_hours": "{month}/data/add-hours/{coach_id}/",
            "remove_hours": "{month}/data/remove-hours/{coach_id}/?{hours}",
            "add_leave": "{month}/data/add-leave/{coach_id}/",
            "remove_leave": "{month}/data/remove-leave/{coach_id}/?{leave}",
            "change_site": "{month}/data/change-site/{site_id}/",
            "add_room": "{month}/data/add-room/{site_id}/",
            "change_room": "{month}/data/change-room/{room_id}/",
            "remove_room": "{month}/data/remove-room/{room_id}/",
            "offer_at_site": "{month}/data/offer/{site_id}/",
            "remove_session": "{month}/data/remove-session/{session_id}/",
            "add_booking": "{month}/data/bookings/add/",
            "remove_booking": "{month}/data/remove-booking/{booking_id}/",
            "add_pin": "{month}/data/pins/add/",
            "remove_pin": "{month}/data/pins/remove/?{pin}",
            "import_data": "/{region}/no-month/import/",
            "import_preview": "/{region}/no-month/import/{upload}/",
            "explain": "{month}/explain/",
            "apply_proposal": "{month}/answers/{answer}/change/1/",
            "why_month": "{month}/why/",
            "why_not": "{month}/why-not/",
            "why_person": "{month}/why/person/{referral_id}/",
            "why_coach": "{month}/why/coach/{coach_id}/",
            "why_site": "{month}/why/site/{site_id}/",
            "why_visit": "{month}/why/visit/{visitor}/in/{visited}/",
        },
    ),
)

OTHERS = {
    "help_progress": "help",
    "help_offer": "help",
    "notice_seen": "notice",
    "roster_job": "repair",
    "roster_job_now": "repair",
    "stop_job": "repair",
    "choose_changes": "repair",
    "roster": "key",
    "roster_as": "key",
    "publish_roster": "key",
    "answer": "answer",
    "answer_now": "answer",
    "stop_answer": "answer",
    "apply_proposal": "answer",
    "import_preview": "upload",
    "plan_job": "plan",
    "plan_job_now": "plan",
    "plan_stop": "plan",
    "plan_table": "plan",
}
"""Pages about one of the things of a month that have a number, and the part of the path that says which."""

_ASKED = "/account/login/?next="
"""Somebody who is not logged in is asked to."""

LOG_IN = {
    "account_login": ("/account/login/", "200"),
    "account_logout": ("/account/logout/", "/account/login/"),
    "account_reauthenticate": ("/account/reauthenticate/", _ASKED),
    "account_change_password": ("/account/password/", _ASKED),
    "mfa_index": ("/account/second-step/", _ASKED),
    "mfa_authenticate": ("/account/second-step/ask/", "/account/login/"),
    "mfa_reauthenticate": ("/account/second-step/again/", _ASKED),
    "mfa_activate_totp": ("/account/second-step/begin/", _ASKED),
    "mfa_deactivate_totp": ("/account/second-step/end/", _ASKED),
    "mfa_view_recovery_codes": ("/account/second-step/codes/", _ASKED),
    "mfa_generate_recovery_codes": ("/account/second-step/codes/new/", _ASKED),
    "openid_connect_login": ("/account/oidc/oidc/login/", "404"),
    "openid_connect_callback": ("/account/oidc/oidc/callback/", "404"),
    "socialaccount_login_cancelled": ("/account/oidc-broken-off/", "200"),
    **{
        name: (f"/account/not-offered/{name}/", "404")
        for name in (
            "account_signup",
            "account_inactive",
            "account_email",
            "account_set_password",
            "account_reset_password",
            "account_email_verification_sent",
            "mfa_download_recovery_codes",
            "socialaccount_login_error",
            "socialaccount_signup",
            "socialaccount_connections",
        )
    },
}
"""The pages of log-in: where they are, and what somebody gets who is not logged in: a status, or where they are led."""
