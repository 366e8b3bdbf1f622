"""The check of a report as a person reads it: what does not hold first, then what was not settled, then the rest."""

from rich.console import RenderableType

from roster.answers import CheckedReport
from roster.audit.lines import Line
from roster.instance import Instance
from roster.show.layout import bullets, plain, spaced, under
from roster.show.words import heading


def report_check(instance: Instance, checked: CheckedReport) -> RenderableType:
    """Every claim of a report with what came of checking it."""
    parts: list[RenderableType] = [under(f"{heading(instance)}: a report checked", [plain(checked.says)])]
    for title, outcome in (
        ("What does not hold", "does not hold"),
        ("What was not settled in time", "not settled"),
        ("What holds", "holds"),
    ):
        found = [line for line in checked.claims if line.outcome == outcome]
        if found:
            parts.append(under(f"{title} ({len(found):,})", [bullets(map(_line, found))]))
    if checked.notes:
        parts.append(under("Worth knowing", [bullets(checked.notes)]))
    return spaced(parts)


def _line(line: Line) -> str:
    return f"{line.about[:1].upper()}{line.about[1:]}: {line.says}"
