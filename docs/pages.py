"""Writes the parts of README.md and docs that come from the code: ``python -m docs.pages``.

A part stands between ``<!-- from the code: NAME -->`` and ``<!-- end -->``; what is around it is written by hand.
A test holds that the parts are as the code has them.
"""

import inspect
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path

from pydantic import BaseModel
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from cli import app
from models import PREFERENCES, RULES
from roster.domain import RepairPrices
from roster.edits.parse import RECORDS
from roster.explain.repairs.steps import OFFER_OWNERS, UNIT
from roster.facts import KINDS, OWNERS
from roster.files.cells import number_text
from roster.files.columns import TABLES, Column, Kind, Table
from roster.files.template import ABOUT_SETTINGS, default_of
from roster.privacy import NEVER_HELD, VOLUNTARY
from roster.rule import Preference, Rule
from roster.schemas import NAMES
from roster.wording import pounds

ROOT = Path(__file__).resolve().parents[1]
PAGES = (ROOT / "README.md", *(ROOT / "docs" / f"{name}.md" for name in ("rules", "formats", "explain", "dpia")))
_PART = re.compile(r"(?P<begin><!-- from the code: (?P<name>[\w ]+) -->\n).*?(?P<end><!-- end -->)", re.DOTALL)
_SOURCE = re.compile(r"\s*Source:\s.*?\.(?=\s|$)", re.DOTALL)
_CODE = re.compile(r"``(.+?)``")
_SIGNS = {"<=": "≤", ">=": "≥", "=>": "⇒", " * ": " · ", "sum_": "Σ_"}
_CELLS: Mapping[Kind, str] = {
    "id": "an id",
    "text": "text",
    "word": "one word",
    "words": "words, separated by `;`",
    "ids": "ids, separated by `;`",
    "dates": "days, separated by `;`",
    "date": "a day",
    "clock": "a time",
    "whole": "a whole number",
    "number": "a number",
}


# -- rules and prices -----------------------------------------------------------------------------------------


def rules_and_prices() -> str:
    """The rules in one table, the prices in another: name and sentence."""
    rules = _table(("Rule", "What must hold"), ((_code(r.name), r.sentence) for r in RULES))
    prices = _table(("Price", "What costs when it is not so"), ((_code(p.name), p.sentence) for p in PREFERENCES))
    return f"{rules}\n\n{prices}"


def rules() -> str:
    """Every rule: its sentence, its mathematics, where it is encoded and how it is checked."""
    return "\n\n".join(map(_rule, RULES))


def prices() -> str:
    """Every price, in the same way."""
    return "\n\n".join(map(_price, PREFERENCES))


def _rule(rule: Rule) -> str:
    before = [getattr(rule, f.name) for f in fields(rule) if f.name.startswith("allows_")]
    lines = [f"Before solving: {_about(allows)}" for allows in before if allows]
    lines += [f"In the model: {_about(rule.post)}"] if rule.post else []
    return _section(rule, [*lines, f"In the checker: {_about(rule.check)}"], rule.check.__module__)


def _price(price: Preference) -> str:
    lines = [f"In the model: {_about(price.post)}", f"In the checker: {_about(price.price)}"]
    return _section(price, lines, price.price.__module__)


def _section(rule: Rule | Preference, lines: Sequence[str], module: str) -> str:
    file = module.replace(".", "/") + ".py"
    parts = [
        f"### {rule.name}",
        f"**{rule.sentence}**",
        f"    {_in_signs(rule.formula)}",
        *_in_full(inspect.cleandoc(sys.modules[module].__doc__ or "")),
        "\n".join(f"- {line}" for line in [*lines, f"Where: [{file}](../{file})"]),
    ]
    return "\n\n".join(parts)


def _in_full(doc: str) -> list[str]:
    """The paragraphs of a rule file's docstring below its first one, which is the sentence."""
    paragraphs = [_prose(_SOURCE.sub("", p)) for p in doc.split("\n\n")[1:]]
    return [p.replace("Formula: ", "In full: ") for p in paragraphs if p]


def _about(function: Callable[..., object]) -> str:
    line = _said(function)
    return line[:1].lower() + line[1:]


def _said(documented: object) -> str:
    """The first line of a docstring."""
    return _prose((inspect.getdoc(documented) or "").partition("\n")[0])


def _prose(text: str) -> str:
    return _in_signs(_CODE.sub(r"`\1`", text))


def _in_signs(formula: str) -> str:
    for ascii_, sign in _SIGNS.items():
        formula = formula.replace(ascii_, sign)
    return formula


# -- commands -------------------------------------------------------------------------------------------------


def commands() -> str:
    """Every command with what it needs, and the first line of its help."""
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    known = {name: c for name, c in group.commands.items() if isinstance(c, TyperCommand)}
    rows = ((_code(_usage(name, c)), (c.help or "").partition("\n")[0]) for name, c in known.items())
    return _table(("Command", "What it does"), rows)


def _usage(name: str, command: TyperCommand) -> str:
    """The command with its arguments and the options that it cannot do without."""
    words = [f"roster {name}"]
    for parameter in command.params:
        if parameter.param_type_name == "argument":
            words.append(str(parameter.metavar))
        elif parameter.required:
            words.append(f"{parameter.opts[0]} {parameter.metavar}")
    return " ".join(words)


# -- formats --------------------------------------------------------------------------------------------------


def tables() -> str:
    """Every table of an instance with its columns."""
    return "\n\n".join(map(_columns, TABLES))


def _columns(table: Table) -> str:
    may_be_missing = " The table may be missing." if table.optional else ""
    rows = ((_code(c.name), _cell(c), "yes" if c.required else "", c.about) for c in table.columns)
    columns = _table(("Column", "A cell holds", "Needed", "What it means"), rows)
    return f"### {table.name}\n\n{table.about}{may_be_missing}\n\n{columns}"


def _cell(column: Column) -> str:
    return "one of " + ", ".join(map(_code, column.choices)) if column.choices else _CELLS[column.kind]


def settings() -> str:
    """Every setting with its default."""
    rows = ((_code(key), _default(key), about) for key, about in ABOUT_SETTINGS.items())
    return _table(("Key", "If it is missing", "What it means"), rows)


def _default(key: str) -> str:
    if "." not in key:
        return "must be given"
    value = default_of(key)
    if value is None:
        return "no limit"
    return _code(number_text(value) if isinstance(value, float) else str(value))


def repair_prices() -> str:
    """Every repair price with its default."""
    fields = RepairPrices.model_fields.items()
    rows = ((_code(field.alias or name), _code(str(field.get_default()))) for name, field in fields)
    return _table(("Key", "If it is missing"), rows)


def repair_steps() -> str:
    """What one step of each kind of change is, what the first one and each further one cost, and who could take it."""
    prices = {info.alias or name: info.get_default() for name, info in RepairPrices.model_fields.items()}
    rows = (
        (_code(kind), step, str(prices[kind]), str(prices.get(f"{kind}_more", prices[kind])), _STEP_OWNERS[kind])
        for kind, step in _STEPS.items()
    )
    return _table(("Key", "One step", "First step", "Each further one", "Who could take it"), rows)


_STEPS: Mapping[str, str] = {
    "see_by": "one day later, for each person",
    "presence": "one visit fewer promised",
    "site_limit": "one visit more allowed",
    "pin": "the pin goes",
    "leave": "one row of leave is taken back",
    "hours": "one more day of the week on which they work",
    "travel_limit": f"{UNIT['travel_limit']} minutes more on the road a day",
    "workload": "one visit more a day, a week or a month",
    "needs": "all needs go, for each person",
    "away": "one day on which they can come after all, for each person",
    "place": "one more site, for each person",
    "notice": "one day less",
    "interpreter_notice": "one day less",
    "break": f"{UNIT['break']} minutes less",
    "budget": f"{pounds(UNIT['budget'])} more",
    "session": "a room is offered for one more half-day",
    "booking": "an interpreter for one more half-day",
}
_STEP_OWNERS: Mapping[str, str] = {
    **{str(kind): owner for kind, owner in OWNERS.items()},
    "session": OFFER_OWNERS["add_session"],
    "booking": OFFER_OWNERS["add_booking"],
}


def edits() -> str:
    """Every edit with its fields; those in brackets may be left out."""
    rows = ((_code(op), _fields(record), _said(record)) for op, record in RECORDS.items())
    return _table(("`op`", "Fields", "What it does"), rows)


def _fields(record: type[BaseModel]) -> str:
    known = {name: info for name, info in record.model_fields.items() if name != "op"}
    return ", ".join(_code(name) if info.is_required() else f"[{_code(name)}]" for name, info in known.items())


def facts() -> str:
    """Every kind of fact with who could change it."""
    return _table(("Fact", "Who could change it"), ((_code(kind), OWNERS[kind]) for kind in KINDS))


def schema_names() -> str:
    """The names that ``roster schema`` knows."""
    return ", ".join(map(_code, NAMES))


# -- pages ----------------------------------------------------------------------------------------------------

PARTS: Mapping[str, Callable[[], str]] = {
    "rules and prices": rules_and_prices,
    "rules": rules,
    "prices": prices,
    "commands": commands,
    "tables": tables,
    "settings": settings,
    "repair prices": repair_prices,
    "repair steps": repair_steps,
    "schema names": schema_names,
    "edits": edits,
    "facts": facts,
    "never held": lambda: NEVER_HELD,
    "voluntary": lambda: f"> {VOLUNTARY}",
}


def filled(page: str) -> str:
    """The page with every part as the code has it. Raises KeyError for a part that there is not."""
    return _PART.sub(lambda part: f"{part['begin']}{PARTS[part['name']]()}\n{part['end']}", page)


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _code(text: str) -> str:
    return f"`{text}`"


def main() -> None:
    """Write every page again."""
    for path in PAGES:
        path.write_text(filled(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
