"""The forms of log-in and accounts, with labels in the words of the other pages."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms

_AGAIN = "The two new passwords are not the same"


class _Worded:
    """Gives fields their labels, and the error for a field that was left empty."""

    words: tuple[tuple[str, str, str], ...] = ()
    fields: dict[str, forms.Field]

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for name, label, missing in self.words:
            field = self.fields[name]
            field.label, field.help_text, field.error_messages["required"] = label, "", missing


class LogIn(_Worded, LoginForm):  # type: ignore[misc]  # allauth has no types
    """User name and password."""

    words = (("login", "Username", "Enter your username"), ("password", "Password", "Enter your password"))


class ChangePassword(_Worded, ChangePasswordForm):  # type: ignore[misc]  # allauth has no types
    """The password now, and twice the new one."""

    words = (
        ("oldpassword", "Your password now", "Enter your password as it is now"),
        ("password1", "New password", "Enter a new password"),
        ("password2", "New password again", "Enter the new password again"),
    )

    def clean(self) -> dict[str, Any]:
        """Both new passwords are the same."""
        cleaned: dict[str, Any] = forms.Form.clean(self) or {}
        if {"password1", "password2"} <= cleaned.keys() and cleaned["password1"] != cleaned["password2"]:
            self.add_error("password2", _AGAIN)
        return cleaned


class PasswordAgain(_Worded, ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The password, before something that matters."""

    words = (("password", "Password", "Enter your password"),)


_CODE = ("code", "Code", "Enter the code")


class Code(_Worded, AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The code of the app, at log-in."""

    words = (_CODE,)


class CodeAgain(_Worded, CodeAgainForm):  # type: ignore[misc]  # allauth has no types
    """The code of the app, before something that matters."""

    words = (_CODE,)


class FirstCode(_Worded, ActivateTOTPForm):  # type: ignore[misc]  # allauth has no types
    """The first code of an app that was just set up."""

    words = (("code", "Code that the app shows", "Enter the code that the app shows"),)
