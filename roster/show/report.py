"""A report on the terminal: what stands in the way, what would fix it, the compromise, and how sure all that is."""

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table

from roster.instance import Instance
from roster.report import Conflict, Repair, Report
from roster.report_words import (
    NOTHING_TO_REPAIR,
    POINTS,
    FactsInWords,
    Trouble,
    alone_words,
    command,
    compromise_words,
    edits_in_words,
    enough,
    has_roster,
    how_cheap,
    how_checked,
    how_many_troubles,
    how_sure,
    how_tried,
    people_of,
    points,
    says_it_all,
    title_of,
    troubles,
    who_acts,
)
from roster.show.layout import bold, bullets, plain, spaced, table, under, voluntary
from roster.show.summary import breaks
from roster.show.words import few, heading
from roster.wording import how_many

_FIRST_TROUBLES = 7
_FIRST_REPAIRS = 7
_FIRST_BREAKS = 7
_FIRST_FACTS = 7
_FIRST_IDS = 8


def report_text(instance: Instance, report: Report) -> RenderableType:
    """The report, without what only the page and report.json list in full.

    The report is of this instance. Raises EditError where a repair cannot be made to it.
    """
    parts: list[RenderableType] = [Group(bold(f"{heading(instance)}: {_small(title_of(report))}"), plain(report.says))]
    if has_roster(report):
        parts.append(plain(NOTHING_TO_REPAIR))
    parts += _in_the_way(instance, report)
    parts += _repairs(instance, report)
    if report.compromise is not None:
        parts.append(_compromise(instance, report))
    if report.not_proved:
        parts.append(under("What is not proved, and why", [bullets(report.not_proved)]))
    if report.background:
        parts.append(under("What was taken as it is", [plain(report.background)]))
    return spaced([*parts, under("How sure this is", [plain(how_sure(report))]), voluntary()])


def _small(title: str) -> str:
    return title[0].lower() + title[1:]


# -- what stands in the way -----------------------------------------------------------------------------------


def _in_the_way(instance: Instance, report: Report) -> list[RenderableType]:
    found = troubles(report)
    if not found:
        return []
    facts = FactsInWords(instance)
    parts: list[RenderableType] = [under("What stands in the way", [plain(how_many_troubles(report))])]
    parts += [_trouble(instance, facts, trouble, number) for number, trouble in enumerate(found[:_FIRST_TROUBLES], 1)]
    if len(found) > _FIRST_TROUBLES:
        parts.append(_more(len(found) - _FIRST_TROUBLES, "trouble"))
    return parts


def _trouble(instance: Instance, facts: FactsInWords, trouble: Trouble, number: int) -> RenderableType:
    lines: list[RenderableType] = [plain(item.says) for item in trouble.bottlenecks if item.says != trouble.says]
    if trouble.bottlenecks:
        lines.append(_minutes(instance, trouble))
        people = dict.fromkeys(person for item in trouble.bottlenecks for person in item.people)
        lines.append(plain(f"It is about {few(list(people), _FIRST_IDS)}."))
    if trouble.conflicts:
        lines += [bold("An example"), *_example(facts, trouble.conflicts[0])]
    if len(trouble.conflicts) > 1:
        lines.append(_more(len(trouble.conflicts) - 1, "example"))
    return Group(bold(f"{number}. {trouble.says}".rstrip()), Padding(Group(*lines), (0, 0, 0, 3)))


def _minutes(instance: Instance, trouble: Trouble) -> Table:
    numbers = ("People", "Minutes needed", "Can be held", "Short by")
    made = table("", numbers, right=numbers)
    for item in trouble.bottlenecks:
        counts = people_of(instance, item.people), item.need_minutes, item.have_minutes, item.short_minutes
        made.add_row(*(f"{count:,}" for count in counts))
    return made


def _example(facts: FactsInWords, conflict: Conflict) -> list[RenderableType]:
    known = facts.of(conflict)
    lines = [f"{fact.says} Who could change it: {fact.owner}." for fact in known[:_FIRST_FACTS]]
    if len(known) > _FIRST_FACTS:
        lines.append(_others(len(known) - _FIRST_FACTS, "fact"))
    return [plain(conflict.says), bullets(lines), plain(how_checked(conflict))]


def _more(number: int, thing: str) -> RenderableType:
    return plain(_others(number, thing))


def _others(number: int, thing: str) -> str:
    return f"{how_many(number, f'more {thing}', f'more {thing}s')}: the page and report.json list everything."


# -- what would fix it ----------------------------------------------------------------------------------------


def _repairs(instance: Instance, report: Report) -> list[RenderableType]:
    if not report.repairs:
        return []
    parts: list[RenderableType] = [under("What would fix it", [plain(f"{enough(report)} {POINTS}")])]
    parts += [
        _repair(instance, report, repair, number) for number, repair in enumerate(report.repairs[:_FIRST_REPAIRS], 1)
    ]
    if len(report.repairs) > _FIRST_REPAIRS:
        parts.append(_more(len(report.repairs) - _FIRST_REPAIRS, "repair"))
    return [*parts, plain(f"To make the first of them: {command(1)}")]


def _repair(instance: Instance, report: Report, repair: Repair, number: int) -> RenderableType:
    edits = edits_in_words(instance, repair)
    acts = f"Who must act: {who_acts(repair)}."
    if repair.alone:
        acts += f" {alone_words(repair)}."
    lines: list[RenderableType] = [
        plain(f"{points(repair.price)}. {how_cheap(report, repair)}"),
        plain(acts),
        *([plain(f"The month then: {repair.then}")] if repair.then else []),
        plain(how_tried(repair)),
        *([] if says_it_all(repair, edits) else [bullets(edits)]),
    ]
    return Group(bold(f"Repair {number}: {repair.says}"), Padding(Group(*lines), (0, 0, 0, 3)))


# -- the compromise -------------------------------------------------------------------------------------------


def _compromise(instance: Instance, report: Report) -> RenderableType:
    made = Table.grid(padding=(0, 2))
    made.add_column(no_wrap=True)
    made.add_column(overflow="fold")
    for what, how in compromise_words(instance, report):
        made.add_row(what, how)
    says = plain("It does not keep every rule; it breaks as little as it can.")
    parts: list[RenderableType] = [under("If nothing changes: a compromise roster", [says, made])]
    if report.compromise is not None and report.compromise.breaks:
        parts.append(breaks(report.compromise.breaks, _FIRST_BREAKS))
    return spaced(parts)
