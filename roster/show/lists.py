"""Lists to look things up in: the rules and prices, the facts of an instance, and what the checker found."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.table import Table

from roster.answers import Checked, Found, Priced
from roster.domain import Roster
from roster.facts import Fact, Owner
from roster.instance import Instance
from roster.rule import Preference, Rule
from roster.show.layout import bold, bullets, plain, spaced, table, under, voluntary
from roster.show.summary import breaks, title
from roster.show.words import heading

_OWNERS: Mapping[Owner, str] = {
    "practice": "What practices could change",
    "coach": "What coaches could change",
    "region": "What the region could change",
    "referrer": "What referrers could change",
    "policy": "Policy that could change",
}


def rules_list(rules: Sequence[Rule], preferences: Sequence[Preference], formulas: bool) -> RenderableType:
    """Every rule and every price with its sentence, and with its formula if asked for."""
    return spaced(
        [
            _rules("What every roster keeps", rules, formulas),
            _rules("What costs, and is kept low", preferences, formulas),
        ]
    )


def _rules(heading_: str, rules: Iterable[Rule | Preference], formulas: bool) -> Table:
    made = table(heading_, ("Name", "Rule"))
    made.columns[0].no_wrap = True
    for rule in rules:
        lines = [plain(rule.sentence), *([plain("  " + rule.formula)] if formulas else [])]
        made.add_row(rule.name, Group(*lines))
    return made


def facts_list(instance: Instance, facts: Sequence[Fact]) -> RenderableType:
    """Every fact with its sentence, by who could change it."""
    by_owner: dict[Owner, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_owner[fact.owner].append(fact)
    parts: list[RenderableType] = [bold(heading(instance))]
    for owner, owned in by_owner.items():
        made = table(f"{_OWNERS[owner]} ({len(owned):,})", ("Fact", "What it says"))
        for fact in owned:
            made.add_row(plain(fact.id), plain(fact.sentence))
        parts.append(made)
    return spaced(parts)


def verdict(instance: Instance, roster: Roster, checked: Checked) -> RenderableType:
    """What the checker found about a roster."""
    parts: list[RenderableType] = [title(instance, roster, checked.says)]
    if checked.findings:
        parts.append(findings(f"What is wrong ({len(checked.findings):,})", checked.findings))
    if checked.notes:
        parts.append(under("Worth knowing", [bullets(checked.notes)]))
    if checked.breaks:
        parts.append(breaks(checked.breaks))
    return spaced([*parts, _prices(checked), voluntary()])


def findings(heading_: str, found: Sequence[Found], most: int | None = None) -> RenderableType:
    """Rules broken, in sentences; at most ``most`` of them."""
    lines = [_finding(entry) for entry in found[:most]]
    if len(lines) < len(found):
        lines.append(f"and {len(found) - len(lines):,} more; roster check lists them all")
    return under(heading_, [bullets(lines)])


def _finding(entry: Found) -> str:
    return entry.says if entry.rule == "form" else f"{entry.rule}: {entry.says}"


def _prices(checked: Checked) -> Table:
    numbers = ("Claimed", "Checked")
    made = table("Costs, in minutes of coach time", ("Price", *numbers, ""), right=numbers)
    for name, price in checked.costs.items():
        made.add_row(plain(name), *_priced(price))
    made.add_section()
    made.add_row("Total", *_priced(Priced(claimed=checked.claimed_objective, checked=checked.objective)))
    return made


def _priced(price: Priced) -> tuple[str, str, str]:
    shown = [f"{n:,}" if n is not None else "-" for n in (price.claimed, price.checked)]
    return shown[0], shown[1], "" if price.claimed == price.checked else "differs"
