"""The forms of an administrator: accounts, roles, regions. What they do is in ``roster.store``."""

from typing import Any

from django import forms

from roster.fault import InvalidInput
from roster.store.models import ADMINISTRATOR, COACH, PRACTICE_MANAGER, ROLE_NAMES, Region
from roster.store.people import subjects_of

OF_ONE = {PRACTICE_MANAGER: "practice", COACH: "coach"}
"""Roles that are about one practice or one coach, and what that is called."""
MOST_DAYS = 3660


class Refusable(forms.Form):
    """A form that can show what the store refused, beside the field that it is about."""

    def refuse(self, refused: InvalidInput) -> None:
        """Show each fault at its field, or at the top where the form has no such field."""
        for fault in refused.faults:
            self.add_error(fault.column if fault.column in self.fields else None, f"{fault.says}. {fault.do}")


class AccountForm(Refusable):
    """A new account."""

    username = forms.CharField(
        label="User name",
        max_length=40,
        help_text="A name of their work, not their own, for example north-surgery. Letters, digits, dots, hyphens.",
        error_messages={"required": "Enter a user name"},
    )


class RoleForm(forms.Form):
    """First: which role, and where."""

    role = forms.ChoiceField(
        label="Role", choices=tuple(ROLE_NAMES.items()), error_messages={"required": "Choose a role"}
    )
    region = forms.ChoiceField(label="Region", required=False, help_text="An administrator has none.")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        regions = [(r.slug, r.name) for r in Region.objects.order_by("name")]
        self.fields["region"].choices = [("", "None"), *regions]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """A region for every role but the administrator's."""
        cleaned = super().clean() or {}
        role, region = cleaned.get("role"), cleaned.get("region")
        if role and bool(region) == (role == ADMINISTRATOR):
            self.add_error(
                "region", "Choose a region" if role != ADMINISTRATOR else "Choose none: an administrator has no region"
            )
        return cleaned


class SubjectForm(Refusable):
    """Then, for some roles: of which practice or coach."""

    subject = forms.ChoiceField(error_messages={"required": "Choose one"})

    def __init__(self, role: str, region: Region, data: Any = None) -> None:
        super().__init__(data)
        field = self.fields["subject"]
        field.label = OF_ONE[role].capitalize()
        named = subjects_of(role, region)
        field.choices = [(id_, name if name == id_ else f"{name} ({id_})") for id_, name in named.items()]  # type: ignore[attr-defined]  # a ChoiceField


class RegionForm(Refusable):
    """A new region."""

    name = forms.CharField(label="Name", max_length=120, error_messages={"required": "Enter a name"})
    slug = forms.CharField(
        label="Address",
        max_length=60,
        help_text="What the addresses of its pages begin with, for example north-wales.",
        error_messages={"required": "Enter an address"},
    )

    def __init__(self, taken: frozenset[str], data: Any = None) -> None:
        super().__init__(data)
        self._taken = taken

    def clean_slug(self) -> str:
        """No address that the service itself uses."""
        slug = str(self.cleaned_data["slug"])
        if slug in self._taken:
            raise forms.ValidationError("The service itself uses this address. Choose another one.")
        return slug


class RetentionForm(forms.Form):
    """How long a region keeps people after their month. ``was``: what the page showed."""

    days = forms.IntegerField(
        label="Days that people are kept after their month",
        min_value=0,
        max_value=MOST_DAYS,
        help_text="Then referrals, appointments and everything about single people is deleted. Counts stay.",
        error_messages={
            "required": "Enter a number of days",
            "invalid": "The days must be a whole number, for example 30",
            "min_value": "The days must be 0 or more",
            "max_value": f"The days must be {MOST_DAYS:,} or fewer",
        },
    )
    was = forms.IntegerField(widget=forms.HiddenInput)
