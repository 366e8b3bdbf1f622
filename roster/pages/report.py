"""The report as one HTML page: what stands in the way, what would fix it, the compromise, and how sure all that is."""

import base64
import hashlib
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from roster import report_words
from roster.instance import Instance
from roster.report import Report
from roster.report_words import FactsInWords, compromise_words, edits_in_words, troubles
from roster.wording import VOLUNTARY, how_many, printable, site_name

_FIRST_SHOWN = 7
"""What is listed beyond this many opens with a click; on paper everything is open."""

_WORDS = (
    "alone_words",
    "command",
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
    return _template().render(
        instance=instance,
        report=report,
        region=f"{instance.settings.name}, {instance.days[0]:%B %Y}",
        troubles=troubles(report),
        facts=FactsInWords(instance),
        repairs=[(number, repair, edits_in_words(instance, repair)) for number, repair in enumerate(report.repairs, 1)],
        compromise=compromise_words(instance, report),
    )


@cache
def _template() -> Template:
    """The template with its words and its style. The page itself allows this style and nothing else."""
    folder = files("roster.pages")
    style = folder.joinpath("page.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_seen
    )
    environment.globals |= {name: getattr(report_words, name) for name in _WORDS}
    environment.globals |= {
        "first_shown": _FIRST_SHOWN,
        "how_many": how_many,
        "NOTHING_TO_REPAIR": report_words.NOTHING_TO_REPAIR,
        "POINTS": report_words.POINTS,
        "policy": f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        "site_name": site_name,
        "style": Markup(style),  # a file of this package, with no text of anybody's in it
        "VOLUNTARY": VOLUNTARY,
    }
    return environment.from_string(folder.joinpath("report.html").read_text(encoding="utf-8"))


def _seen(value: object) -> object:
    """What stands in the page: text without what cannot be seen, before it is escaped; the page's own parts as are."""
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value
