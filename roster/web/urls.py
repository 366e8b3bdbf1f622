"""Addresses: the table of pages, and what log-in needs."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.db.transaction import atomic
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from roster.web.access import patterns
from roster.web.accounts import cancelled
from roster.web.pages import PAGES


def _nowhere(request: HttpRequest, **_: object) -> HttpResponse:
    """Pages that the log-in library asks for by name and that are not offered."""
    del request
    raise Http404


_LOG_IN = [
    path("account/login/", account.login, name="account_login"),
    path("account/logout/", account.logout, name="account_logout"),
    path("account/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("account/password/", atomic(account.password_change), name="account_change_password"),
    path("account/second-step/", mfa.index, name="mfa_index"),
    path("account/second-step/ask/", mfa.authenticate, name="mfa_authenticate"),
    path("account/second-step/again/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/second-step/begin/", atomic(totp.activate_totp), name="mfa_activate_totp"),
    path("account/second-step/end/", atomic(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("account/second-step/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/second-step/codes/new/", atomic(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("account/oidc/<str:provider_id>/login/", oidc.login, name="openid_connect_login"),
    path("account/oidc/<str:provider_id>/callback/", oidc.callback, name="openid_connect_callback"),
    path("account/oidc-broken-off/", cancelled, name="socialaccount_login_cancelled"),
]
_NOT_OFFERED = (
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

urlpatterns = [
    *_LOG_IN,
    *(path(f"account/not-offered/{name}/", _nowhere, name=name) for name in _NOT_OFFERED),
    *patterns(PAGES),
]
handler500 = "roster.web.health.gone_wrong"
