"""What one thing more is worth, as one HTML page, and as one sheet of paper for each practice."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from roster.calendar import long_month
from roster.pages.frame import templates
from roster.pages.plan import NO_PICTURES
from roster.planning.value.record import Confirmed, Sheet, ValueReport
from roster.planning.value.words import (
    ESTIMATES,
    ONLY_TOTALS,
    OWNERS,
    estimate_words,
    is_known_to_help,
    proof_words,
    saved_words,
    sheet_lines,
    signed,
)


@dataclass(frozen=True)
class _Row:
    """One thing that was tried: in words, who, five numbers as text, and what is proved."""

    says: str
    owner: str
    numbers: tuple[str, ...]
    known: str
    good: bool


def value_page(report: ValueReport) -> str:
    """The page, a whole HTML document: every text in it is escaped, and it needs no network and no script."""
    picture = _picture(report)
    return (
        templates()
        .get_template("value.html")
        .render(
            title="What one thing more is worth",
            region=_region(report),
            report=report,
            only_totals=ONLY_TOTALS,
            estimates=ESTIMATES,
            picture=picture,
            note="" if picture is not None or not report.confirmed else NO_PICTURES,
            rows=list(_rows(report)),
            estimated=[(t.says, OWNERS[t.owner], estimate_words(t)) for t in report.estimated],
        )
    )


def sheet_page(report: ValueReport, sheet: Sheet) -> str:
    """One page for one practice: it names no person, and only its own site."""
    first, *others = sheet_lines(sheet)
    return (
        templates()
        .get_template("sheet.html")
        .render(
            title=sheet.practice,
            region=_region(report),
            sheet=sheet,
            first=first,
            others=others,
            useful=sheet.confirmed is None or is_known_to_help(sheet.confirmed),
            bought=None if sheet.confirmed is None else sheet.confirmed.bought,
            offer="" if sheet.confirmed is None else sheet.confirmed.column.edits_say[-1],
        )
    )


def _region(report: ValueReport) -> str:
    return f"{report.instance}, {long_month(report.month)}"


def _picture(report: ValueReport) -> Markup | None:
    try:
        from roster.pages.value_picture import savings_picture  # an extra: altair
    except ModuleNotFoundError:
        return None
    return savings_picture(report)


def _rows(report: ValueReport) -> Iterator[_Row]:
    for one in report.confirmed:
        yield _Row(one.says, OWNERS[one.owner], _numbers(one), proof_words(one), one.helps)


def _numbers(one: Confirmed) -> tuple[str, ...]:
    if one.bought is None:
        return "", "", "", "", ""
    b = one.bought
    return signed(b.in_time), signed(b.seen), signed(b.within_28_days), signed(-b.waiting_days), saved_words(one)
