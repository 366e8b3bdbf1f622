"""A coach's own leave: the form, the edits, what it does to people who were told of visits, and telling the region."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms

from roster.calendar import long_date
from roster.domain import Leave
from roster.edits import AddLeave, Edit, RemoveLeave
from roster.instance import Instance
from roster.store.audit import By
from roster.store.models import Month
from roster.store.notices import COACH_AWAY, change_and_tell
from roster.store.told import visits_told
from roster.web.consequences import Loss, loss_of, loss_words
from roster.web.fields import DayField
from roster.web.terms import terms
from roster.web.withdrawing import mark_of_words
from roster.wording import stretch_words


class LeaveForm(forms.Form):
    """First and last day, ahead and in the month. No reason is asked for, and none is held."""

    first_day = DayField(what="the first day", label="First day of leave", help_text="For example, 9 3 2027")
    last_day = DayField(what="the last day", label="Last day of leave", help_text="The same day for a single day")

    def __init__(self, instance: Instance, coach_id: str, data: Any = None) -> None:
        super().__init__(data)
        self._instance, self._coach_id = instance, coach_id

    def clean(self) -> dict[str, Any]:
        """The days are ahead, in the month, in order, and not leave already."""
        given = super().clean() or {}
        if self.errors:
            return given
        first, last, days = given["first_day"], given["last_day"], self._instance.days
        if last < first:
            self.add_error("last_day", "The last day must be the same as or after the first day")
        for name, day in (("first_day", first), ("last_day", last)):
            if not self._instance.is_in_month(day):
                what = f"The {name.replace('_', ' ')}"
                self.add_error(name, f"{what} must be from {long_date(days[0])} to {long_date(days[-1])}")
        if "first_day" not in self.errors and self._instance.is_past(first):
            self.add_error("first_day", f"The first day must be on or after {long_date(self._instance.settings.as_of)}")
        if not self.errors and self._has(first, last):
            self.add_error("first_day", "Some of these days are leave already")
        return given

    def _has(self, first: date, last: date) -> bool:
        mine = (row for row in self._instance.leave if row.coach_id == self._coach_id)
        return any(row.first_day <= last and first <= row.last_day for row in mine)

    def days(self) -> "Days":
        """What a form without errors asks for."""
        return Days(self._coach_id, self.cleaned_data["first_day"], self.cleaned_data["last_day"])


@dataclass(frozen=True)
class Days:
    """Days on which a coach wants to be away, both included."""

    coach_id: str
    first_day: date
    last_day: date


@dataclass(frozen=True)
class Absence:
    """Days of leave, and what they do. ``says``: in sentences, none where nobody was told of a visit then."""

    days: Days
    loss: Loss
    says: tuple[str, ...]

    @classmethod
    def of(cls, month: Month, instance: Instance, days: Days) -> "Absence":
        """What being away on these days does to the published roster."""
        told = visits_told(month, instance)
        held = {
            v.session_id
            for v in told
            if v.coach_id == days.coach_id and days.first_day <= v.date <= days.last_day and not v.gone
        }
        loss = loss_of(instance, told, held, terms().rules)
        return cls(days, loss, tuple(loss_words(loss)))

    @property
    def mark(self) -> str:
        """Another one wherever it does something else."""
        return mark_of_words((str(self.days), *self.says))

    @property
    def when(self) -> str:
        """``on 9 March 2027``, ``from 9 March 2027 to 11 March 2027``."""
        return stretch_words(self.days.first_day, self.days.last_day)


def take_leave(month: Month, absence: Absence, by: By) -> None:
    """Add the leave; the region's manager is told where people were told of visits then. Raises EditError."""
    days = absence.days
    notice = None
    if absence.says:
        what = f"Coach {days.coach_id} is away {absence.when}."
        notice = COACH_AWAY, " ".join((what, *absence.says))
    edit = AddLeave(coach_id=days.coach_id, first_day=days.first_day, last_day=days.last_day)
    change_and_tell(month, [edit], by, "add leave", notice)


def leave_ahead(instance: Instance, coach_id: str) -> list[Leave]:
    """The coach's leave that is not over, in order."""
    mine = (row for row in instance.leave if row.coach_id == coach_id and not instance.is_past(row.last_day))
    return sorted(mine, key=lambda row: row.first_day)


def without_leave(instance: Instance, row: Leave) -> Sequence[Edit]:
    """The edits that take back what is ahead of a stretch of leave; days that are over stay as they were."""
    edits: list[Edit] = [RemoveLeave(coach_id=row.coach_id, first_day=row.first_day)]
    if instance.is_past(row.first_day):
        last = instance.settings.as_of - timedelta(days=1)
        edits.append(AddLeave(coach_id=row.coach_id, first_day=row.first_day, last_day=last))
    return edits
