"""A month as a workbook: download it, hand in a changed one, look at what would change, and let it change."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from roster.calendar import long_month
from roster.fault import Fault
from roster.files import write_template, write_workbook
from roster.files.differences import TableChange, differences
from roster.files.handed_in import LARGEST, read_handed_in
from roster.instance import Instance
from roster.store.changing import Overtaken
from roster.store.importing import as_it_would_be, hand_in, handed_in, instance_in, replace
from roster.store.models import Month, Upload
from roster.store.months import instance_of
from roster.store.regions import add_month
from roster.web.access import Here
from roster.web.fields import error_list
from roster.web.labels import TABLE_NAMES
from roster.web.rendering import page
from roster.web.views.manager_data_forms import at, trail
from roster.wording import how_many

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OVERTAKEN = "The data of the month were changed in the meantime. Look again at what would change."
FORGOTTEN = "What you handed in is not kept any more: it is forgotten after an hour. Hand it in again."
_MOST_FAULTS, MOST_ROWS = 200, 50


class FileForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label="Workbook, or ZIP file of the tables",
        help_text="A workbook (.xlsx, .xls or .ods), or the folder of tables as one .zip file, of at most 10 MB.",
        allow_empty_file=True,
        error_messages={"required": "Choose a file"},
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        """Not larger than what is looked at."""
        given: UploadedFile[bytes] = self.cleaned_data["file"]
        if given.size is None or given.size > LARGEST:
            raise forms.ValidationError("The file must be smaller than 10 MB")
        return given


# -- out ------------------------------------------------------------------------------------------------------


def files(request: HttpRequest, region: str, month: str) -> HttpResponse:
    """Download and hand in."""
    del region, month
    here, _, _ = at(request)
    return page(request, "manager_data/files.html", {"trail": trail(here)})


def workbook(request: HttpRequest, region: str, month: str) -> HttpResponse:
    """The month as a workbook."""
    _, _, instance = at(request)
    return _sent(f"{region}-{month}.xlsx", lambda path: write_workbook(instance, path))


def template(request: HttpRequest, region: str, month: str) -> HttpResponse:
    """An empty workbook to fill in."""
    del request, region, month
    return _sent("roster-template.xlsx", write_template)


def _sent(name: str, write: Callable[[Path], None]) -> HttpResponse:
    """What is written to a file for a moment, sent as a download."""
    with TemporaryDirectory(prefix="roster-") as folder:
        path = Path(folder) / "workbook.xlsx"
        write(path)
        answer = HttpResponse(path.read_bytes(), content_type=WORKBOOK)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


# -- in -------------------------------------------------------------------------------------------------------


def hand_in_file(request: HttpRequest, region: str) -> HttpResponse:
    """Hand in a workbook; what is wrong with it is said, and nothing is kept then."""
    here: Here = request.here  # type: ignore[attr-defined]  # set by roster.web.access
    assert here.region is not None
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    errors: list[dict[str, str]] = []
    faults: tuple[Fault, ...] = ()
    if form.is_valid():
        file: UploadedFile[bytes] = form.cleaned_data["file"]
        reading = read_handed_in(str(file.name), file.read())
        if reading.instance is not None:
            assert isinstance(request.user, User)
            upload = hand_in(here.region, reading.instance, request.user)
            return redirect("import_preview", region=region, number=upload.pk)
        faults = reading.faults
        errors = [{"text": "Nothing was changed: the file has faults", "href": "#faults"}]
    context = {
        "form": form,
        "errors": errors or error_list(form),
        "faults": [_fault(fault) for fault in faults[:_MOST_FAULTS]],
        "more": max(0, len(faults) - _MOST_FAULTS),
        "trail": _trail(here),
    }
    return page(request, "manager_data/import.html", context, status=422 if faults else 200)


def _fault(fault: Fault) -> dict[str, str]:
    """A fault in the columns of a table."""
    return {
        "sheet": fault.file,
        "row": "" if fault.row is None else str(fault.row),
        "column": fault.column or "",
        "value": fault.value or "",
        "says": f"{fault.says[:1].upper()}{fault.says[1:]}.",
        "do": fault.do,
    }


def preview(request: HttpRequest, region: str, number: int) -> HttpResponse:
    """What a file that was handed in would change; and, confirmed, the change."""
    here: Here = request.here  # type: ignore[attr-defined]  # set by roster.web.access
    assert here.region is not None
    assert isinstance(request.user, User)
    upload = handed_in(here.region, number, request.user)
    if upload is None:
        lines = {"heading": "Hand the file in again", "lines": [FORGOTTEN]}
        return page(request, "plain.html", lines, status=410)
    if request.method == "POST" and request.POST.get("drop"):
        upload.delete()
        messages.success(request, "What you handed in is forgotten. Nothing was changed.")
        return redirect("import_data", region=region)
    problem = ""
    if request.method == "POST":
        try:
            _confirm(request, here, upload)
            return redirect("data", region=region, month=upload.month)
        except (Overtaken, IntegrityError):
            problem = OVERTAKEN
    return _preview(request, here, upload, problem)


def _confirm(request: HttpRequest, here: Here, upload: Upload) -> None:
    """Make the change. Raises Overtaken where the month is not as it was on the page."""
    assert here.region is not None
    mark = request.POST.get("mark", "")
    month = here.region.months.filter(month=upload.month).first()
    if month is None and mark == "new":
        add_month(here.region, instance_in(upload), here.by())
        upload.delete()
        messages.success(request, f"{long_month(upload.month)} was added.")
    elif month is not None and mark.isdecimal():
        changes = replace(month, upload, int(mark), here.by())
        messages.success(request, f"{long_month(month.month)} was changed: {says(changes)}.")
    else:
        raise Overtaken([("months", upload.month)])


def says(changes: tuple[TableChange, ...]) -> str:
    """``3 rows added, 1 changed, none removed``."""
    added, changed, removed = (
        sum(len(rows) for rows in found)
        for found in (
            [c.added for c in changes],
            [c.changed for c in changes],
            [c.removed for c in changes],
        )
    )
    return f"{how_many(added, 'row')} added, {changed:,} changed, {removed:,} taken out"


def _preview(request: HttpRequest, here: Here, upload: Upload, problem: str) -> HttpResponse:
    assert here.region is not None
    month: Month | None = here.region.months.filter(month=upload.month).first()
    handed = instance_in(upload)
    now = None if month is None else instance_of(month)
    changes = () if now is None else differences(now, as_it_would_be(now, handed))
    context = {
        "month_name": long_month(upload.month),
        "new": month is None,
        "mark": "new" if month is None else str(month.version),
        "something": now is None or bool(changes) or _takes_over(now, handed),
        "people_back": any(c.table == "referrals" and c.added for c in changes),
        "changes": [(TABLE_NAMES[c.table], c) for c in changes],
        "says": says(changes),
        "sizes": _sizes(handed),
        "published": _published(now, handed),
        "most": MOST_ROWS,
        "errors": [{"text": problem, "href": "#what"}] if problem else [],
        "trail": _trail(here),
    }
    return page(request, "manager_data/preview.html", context, status=409 if problem else 200)


def _sizes(instance: Instance) -> list[tuple[str, int]]:
    names = ("coaches", "sites", "practices", "rooms", "sessions", "referrals", "interpreters")
    return [(TABLE_NAMES[name], len(getattr(instance, name))) for name in names]


def _takes_over(now: Instance, handed: Instance) -> bool:
    """Whether the file brings a published roster to a month that has none."""
    return now.published is None and handed.published is not None


def _published(now: Instance | None, handed: Instance) -> str:
    """What becomes of the published roster, in a sentence."""
    if now is not None and now.published is not None:
        return "The published roster of the month is kept as it is."
    if handed.published is not None:
        return "The file holds a published roster, which the month takes over."
    return ""


def _trail(here: Here) -> list[dict[str, str]]:
    assert here.region is not None
    newest = here.region.months.order_by("-month").first()
    if newest is None:
        return []
    where = {"region": here.region.slug, "month": newest.month}
    return [{"text": f"Data of {long_month(newest.month)}", "href": reverse("data", kwargs=where)}]
