"""Log-in: nobody signs up, an administrator makes accounts; a provider of OpenID Connect only lets in who is known."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


class NoSignUp(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts are made by an administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        del request
        return False

    def add_message(self, *_: Any, **__: Any) -> None:
        """Pages say themselves what happened."""


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
