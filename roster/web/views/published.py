"""What everybody may see: how many people were seen, without any count that could be about one of them."""

from django.http import Http404, HttpRequest, HttpResponse

from roster.calendar import long_month
from roster.store.models import Month
from roster.store.months import instance_of
from roster.store.suppress import BANDS, TOTAL, Open, open_counts
from roster.web.rendering import page


def counts(request: HttpRequest, region: str, month: str) -> HttpResponse:
    """The counts of one month of a region, by practice and band."""
    held = Month.objects.select_related("region").filter(region__slug=region, month=month).first()
    table = open_counts(held) if held is not None else None
    if held is None or table is None:
        raise Http404
    names = {p.practice_id: p.name for p in instance_of(held).practices}
    lines = [(names.get(row, row), _cells(table, row)) for row in table.rows]
    context = {
        "region": held.region,
        "month_name": long_month(month),
        "bands": BANDS,
        "lines": [*lines, ("All", _cells(table, TOTAL))],
    }
    return page(request, "published.html", context)


def _cells(table: Open, row: str) -> list[int | None]:
    return [table.shown.get((row, column)) for column in (*table.columns, TOTAL)]
