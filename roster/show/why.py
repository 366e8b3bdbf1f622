"""Why a roster is as it is, and why not otherwise, as a person reads it."""

from rich.console import RenderableType
from rich.table import Table

from roster.explanations import Left, Why, WhyNot
from roster.instance import Instance
from roster.show.layout import bold, bullets, plain, spaced, table, under, voluntary
from roster.show.words import few, heading
from roster.wording import how_many

_NAMES = ("Can it be", "What it costs", "What it gains", "What would make it right")
_FIRST_LEFT, _FIRST_GONE = 30, 12


def why_not_text(instance: Instance, answer: WhyNot) -> RenderableType:
    """The question and its four lines."""
    made = Table.grid(padding=(0, 2))
    made.add_column(no_wrap=True)
    made.add_column(overflow="fold")
    for name, line in zip(_NAMES, answer.lines, strict=True):
        made.add_row(bold(name), plain(line))
    asked = answer.asked[:1].upper() + answer.asked[1:]
    return spaced([under(heading(instance), [plain(f"Why not: {asked}.")]), made, voluntary()])


def why_text(instance: Instance, answer: Why) -> RenderableType:
    """What it is about, every statement, whom the roster leaves out and why, and what holds it back."""
    parts: list[RenderableType] = [under(heading(instance), [plain(answer.says)])]
    if answer.statements:
        parts.append(bullets(f"{s.says}{' Not proved.' if s.known == 'not proved' else ''}" for s in answer.statements))
    if answer.left:
        parts.append(_left(answer))
    if answer.limits:
        parts.append(under("What holds this roster back", [bullets(limit.says for limit in answer.limits)]))
    if answer.not_proved:
        parts.append(under("What is not proved", [bullets(answer.not_proved)]))
    return spaced([*parts, voluntary()])


def _left(answer: Why) -> RenderableType:
    gone = [entry for entry in answer.left if entry.want == "past"]
    others = [entry for entry in answer.left if entry.want != "past"]
    parts: list[RenderableType] = [plain(answer.totals)]
    if others:
        made = table("", ("Who", "Why, and what would change it"))
        for entry in others[:_FIRST_LEFT]:
            made.add_row(plain(_who(entry)), plain(entry.says))
        parts.append(made)
    more = sum(entry.count for entry in others[_FIRST_LEFT:])
    if more:
        parts.append(plain(f"{how_many(more, 'more person', 'more people')}: --json lists everybody."))
    if gone:
        ids = few(list(dict.fromkeys(entry.referral_id for entry in gone)), _FIRST_GONE)
        parts.append(plain(f"Their date had gone by before anybody could be seen: {ids}."))
    return under("People not seen, or seen after their date", parts)


def _who(entry: Left) -> str:
    people = "" if entry.count == 1 else f" ({entry.count:,} people)"
    return f"{entry.referral_id}{people}\nband {entry.band}, {entry.status}"
