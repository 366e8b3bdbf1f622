"""Who waits longer, as one HTML page: groups in tables and a picture, what a shorter wait costs, and who pays."""

from markupsafe import Markup

from roster.calendar import long_month
from roster.pages.frame import templates
from roster.pages.plan import NO_PICTURES
from roster.planning.fairness.record import FairnessReport
from roster.planning.fairness.words import COUNTS, KINDS, PAID, WAITS, cells, notes, paid_cells, who_pays


def fairness_page(report: FairnessReport) -> str:
    """The page, a whole HTML document: every text in it is escaped, and it needs no network and no script."""
    price, picture = report.price, _picture(report)
    return (
        templates()
        .get_template("fairness.html")
        .render(
            title="Who waits how long",
            region=f"{report.instance}, {long_month(report.month)}",
            report=report,
            note="" if picture is not None else NO_PICTURES,
            picture=picture,
            counts=COUNTS,
            waits=WAITS,
            paid=PAID,
            kinds=[(heading, _rows(report, kind)) for kind, heading in KINDS.items() if _rows(report, kind)],
            payers=[] if price is None else [(p, paid_cells(p)) for p in price.payers if not p.held_back],
            sentences=[] if price is None else list(who_pays(price)),
            notes=list(notes(report)),
        )
    )


def _rows(report: FairnessReport, kind: str) -> list[tuple[object, tuple[str, ...]]]:
    return [(group, cells(group)) for group in report.groups if group.kind == kind]


def _picture(report: FairnessReport) -> Markup | None:
    try:
        from roster.pages.pictures import waits_picture  # an extra: altair
    except ModuleNotFoundError:
        return None
    return waits_picture(report)
