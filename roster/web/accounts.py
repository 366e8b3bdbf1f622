"""Log-in: nobody signs up, an administrator makes accounts; a provider of OpenID Connect only lets in who is known."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

_NOT_RIGHT = "The user name or the password is not right"
_TOO_MANY = "Too many wrong passwords or codes were given. Wait a quarter of an hour, then try again"
_CODE = "This is not the code. Wait for the next one that the app shows, and enter that"


class NoSignUp(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts are made by an administrator."""

    error_messages: ClassVar[dict[str, str]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _NOT_RIGHT,
        "invalid_login": _NOT_RIGHT,
        "enter_current_password": "This is not your password now",
        "incorrect_password": "This is not your password",
        "too_many_login_attempts": _TOO_MANY,
        "rate_limited": _TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        del request
        return False

    def add_message(self, *_: Any, **__: Any) -> None:
        """Pages say themselves what happened."""

    def respond_user_inactive(self, request: HttpRequest, user: object) -> HttpResponse:
        """What somebody sees whose account is disabled, after the right password."""
        del user
        return HttpResponse(render_to_string("account/disabled.html", request=request), status=403)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Where somebody is taken who has changed their password, and what they are told there."""
        messages.success(request, "Your password is changed.")
        return reverse("mfa_index")


class SecondStep(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Codes of an app as a second step, in words that say what to do."""

    error_messages: ClassVar[dict[str, str]] = {**DefaultMFAAdapter.error_messages, "incorrect_code": _CODE}

    def _get_site_name(self) -> str:
        return "Surgery roster"


class OnlyKnown(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Lets in an account whose user name the provider gives as ``preferred_username``; never makes one."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Connect what the provider says with the account of that name."""
        if sociallogin.is_existing:
            return
        claims = sociallogin.account.extra_data
        name = claims.get("preferred_username") or claims.get("userinfo", {}).get("preferred_username")
        user = get_user_model().objects.filter(username=name, is_active=True).first() if name else None
        if user is None:
            raise ImmediateHttpResponse(
                HttpResponse(render_to_string("account/not_known.html", request=request), status=403)
            )
        sociallogin.connect(request, user)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never."""
        del request, sociallogin
        return False


def locked_out(request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
    """What somebody sees after too many wrong passwords."""
    return HttpResponse(render_to_string("account/locked_out.html", request=request), status=429)


def cancelled(request: HttpRequest) -> HttpResponse:
    """What somebody sees who broke off the log-in at their organisation."""
    return HttpResponse(render_to_string("socialaccount/cancelled.html", request=request))
