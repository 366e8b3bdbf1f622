"""The report as one HTML page: what stands in the way, what would fix it, the compromise, and how sure all that is."""

from roster import report_words
from roster.instance import Instance
from roster.pages.frame import templates
from roster.report import Report
from roster.report_words import FactsInWords, compromise_words, edits_in_words, troubles
from roster.wording import site_name

_FIRST_SHOWN = 7
"""What is listed beyond this many opens with a click; on paper everything is open."""

_WORDS = (
    "alone_words",
    "command",
    "NOTHING_TO_REPAIR",
    "POINTS",
    "enough",
    "has_roster",
    "how_cheap",
    "how_checked",
    "how_many_troubles",
    "how_sure",
    "how_tried",
    "people_of",
    "points",
    "sessions_words",
    "title_of",
    "who_acts",
)


def report_page(instance: Instance, report: Report) -> str:
    """The page, a whole HTML document: every text in it is escaped, and it needs no network and no script.

    The report is of this instance. Raises EditError where a repair cannot be made to it.
    """
    words = {name: getattr(report_words, name) for name in _WORDS}
    return (
        templates()
        .get_template("report.html")
        .render(
            **words,
            first_shown=_FIRST_SHOWN,
            site_name=site_name,
            instance=instance,
            report=report,
            region=f"{instance.settings.name}, {instance.days[0]:%B %Y}",
            troubles=troubles(report),
            facts=FactsInWords(instance),
            repairs=[
                (number, repair, edits_in_words(instance, repair)) for number, repair in enumerate(report.repairs, 1)
            ],
            compromise=compromise_words(instance, report),
        )
    )
