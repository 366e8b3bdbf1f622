"""Rosters, faults and lists as a person reads them on a terminal."""

from roster.show.audit import report_check
from roster.show.faults import faults_list, notices_list
from roster.show.lists import facts_list, findings, rules_list, verdict
from roster.show.places import places_held_back
from roster.show.report import report_text
from roster.show.summary import no_roster, summary, title
from roster.show.visits import visits
from roster.show.words import heading

__all__ = [
    "facts_list",
    "faults_list",
    "findings",
    "heading",
    "no_roster",
    "notices_list",
    "places_held_back",
    "report_check",
    "report_text",
    "rules_list",
    "summary",
    "title",
    "verdict",
    "visits",
]
