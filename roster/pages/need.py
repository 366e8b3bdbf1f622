"""The least that would do as one HTML page: what to add, and what more people would cost, as a picture and a table."""

from markupsafe import Markup

from roster.calendar import long_month
from roster.pages.frame import templates
from roster.pages.plan import NO_PICTURES
from roster.planning.need.record import NeedReport
from roster.planning.need.words import money, of_point, proof


def need_page(report: NeedReport) -> str:
    """The page, a whole HTML document: every text in it is escaped, and it needs no network and no script."""
    picture = _picture(report)
    return (
        templates()
        .get_template("need.html")
        .render(
            title="The least that would do",
            region=f"{report.instance}, {long_month(report.month)}",
            report=report,
            money=money,
            of_point=of_point,
            proof=proof,
            picture=picture,
            note="" if picture is not None or not report.frontier else NO_PICTURES,
        )
    )


def _picture(report: NeedReport) -> Markup | None:
    if not report.frontier:
        return None
    try:
        from roster.pages.need_picture import need_picture  # an extra: altair
    except ModuleNotFoundError:
        return None
    return need_picture(report)
