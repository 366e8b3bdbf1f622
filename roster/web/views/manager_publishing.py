"""Publishing a roster: what speaks against it is said, and what may be accepted can be."""

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from roster.answers_of_versions import Published
from roster.calendar import long_date
from roster.fault import InvalidInput
from roster.store.audit import By
from roster.store.changing import EditError, Overtaken
from roster.store.models import Month
from roster.store.months import instance_of
from roster.store.publishing import Offer, earliest_day, may_be_accepted, publish
from roster.store.rosters import Held, newest_key
from roster.store.told import newest
from roster.web.fields import DayField, error_list
from roster.web.reading import total_words
from roster.web.rendering import page
from roster.web.terms import terms
from roster.web.views.manager import address_of, of_month, roster_trail
from roster.web.views.manager_reading import roster_of
from roster.wording import how_good

_OVERTAKEN = "Somebody else has published a roster in the meantime: version {number}. Compare this one with it first."

_NOT_AS_IT_WAS = "The data are not as they were when this was made. Look for repairs once more."


class PublishForm(forms.Form):
    """On which day the roster is published, and what was the newest version when that was decided."""

    on = DayField(
        what="the day",
        label="On which day is it published?",
        help_text="What lies before this day is taken to have happened and never changes again.",
    )
    newest = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, earliest: date | None, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self._earliest = earliest

    def clean_on(self) -> date:
        """The day does not lie before that of what was published."""
        day: date = self.cleaned_data["on"]
        if self._earliest is not None and day < self._earliest:
            raise ValidationError(f"The day must be {long_date(self._earliest)} or later, when a roster was published")
        return day


def publish_roster(request: HttpRequest, region: str, month: str, key: str) -> HttpResponse:
    """Publish a roster, with the edits that it was made for."""
    here, month_held = of_month(request)
    found = roster_of(month_held, key)
    form = _form(request, month_held, found)
    answer: Published | None = None
    if form.is_valid():
        answer = _tried(form, month_held, found, here.by(), all_the_same="all_the_same" in request.POST)
        if answer is not None and answer.outcome != "refused":
            messages.success(request, answer.says)
            return redirect("region_month", region=region, month=month)
    context = {
        "form": form,
        "errors": error_list(form),
        "found": found,
        "key": key,
        "answer": answer,
        "may_be_accepted": answer is not None and may_be_accepted(answer),
        "how_good": how_good(found.whole),
        "total": total_words(found.whole),
        "told": newest_key(month_held),
        "why": address_of(here, "explain"),
        "trail": roster_trail(here, key),
    }
    return page(request, "manager/publish.html", context)


def _form(request: HttpRequest, month: Month, found: Held) -> PublishForm:
    initial = {"on": found.on or instance_of(month).settings.as_of, "newest": newest(month)}
    return PublishForm(earliest_day(month), request.POST if request.method == "POST" else None, initial)


def _tried(form: PublishForm, month: Month, found: Held, by: By, *, all_the_same: bool) -> Published | None:
    """What came of it; None where the form says why nothing did."""
    held = terms()
    given = form.cleaned_data
    offer = Offer(found.whole, given["newest"], found.edits, given["on"], all_the_same)
    try:
        return publish(month, offer, by, held.rules, held.preferences, datetime.now(UTC))
    except Overtaken:
        number = newest(month)
        form.add_error(None, _OVERTAKEN.format(number=number))
        form.data = {**form.data.dict(), "newest": str(number)} if isinstance(form.data, QueryDict) else form.data
    except EditError as error:
        form.add_error(None, f"{_NOT_AS_IT_WAS} {error.says[:1].upper()}{error.says[1:]}. {error.do}")
    except InvalidInput as wrong:
        form.add_error("on", " ".join(f"{fault.says}. {fault.do}" for fault in wrong.faults))
    return None
