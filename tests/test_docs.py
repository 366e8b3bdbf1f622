"""The documentation is as the code has it: tables, examples, links, names, defaults, command lines."""

import json
import re
import shlex
import tomllib
from contextlib import suppress
from pathlib import Path
from typing import get_args

import pytest
from packaging.requirements import Requirement
from typer import Exit
from typer.core import TyperGroup
from typer.main import get_command

from cli import EXIT_CODES, app
from docs.pages import PAGES as WRITTEN
from docs.pages import PARTS, filled
from models import PREFERENCES, RULES
from models.urgency.see_by import WEIGHTS
from roster.answers import Refused
from roster.domain import COSTS, Outcome, RepairPrices, Roster, Settings
from roster.edits import parse_edits
from roster.explain.process import _GOOD_ENOUGH, _SHARE_OF_REPORT
from roster.explain.trouble import _SHARE_OF_CONFLICTS
from roster.report import Report
from roster.solve import Options
from tests.pages import PAGES, ROOT, anchors, blocks, command_lines, links, name_of, text_of

FORMATS, PROOF, CHOICES, RULES_PAGE, EXPLAIN = (
    ROOT / "docs" / f"{name}.md" for name in ("formats", "proof", "choices", "rules", "explain")
)


# -- what comes from the code ---------------------------------------------------------------------------------


@pytest.mark.parametrize("page", WRITTEN, ids=name_of)
def test_the_parts_from_the_code_are_as_the_code_has_them(page: Path) -> None:
    assert text_of(page) == filled(text_of(page)), "python -m docs.pages writes them again"


def test_every_part_is_on_a_page() -> None:
    used = {name for page in WRITTEN for name in re.findall("<!-- from the code: (.*?) -->", text_of(page))}
    assert used == set(PARTS)


def test_a_part_that_is_out_of_date_is_replaced_and_the_rest_kept() -> None:
    page = "Before.\n<!-- from the code: voluntary -->\nold\n<!-- end -->\nAfter.\n"
    assert filled(page) == (
        "Before.\n<!-- from the code: voluntary -->\n> This is voluntary. Coming, not coming or stopping has no "
        "effect on your benefits or your care.\n<!-- end -->\nAfter.\n"
    )


def test_the_rules_page_has_every_rule_and_price_with_its_sentence_and_where_it_stands() -> None:
    text = text_of(RULES_PAGE)
    for rule in (*RULES, *PREFERENCES):
        section = text.partition(f"### {rule.name}\n")[2].partition("\n### ")[0]
        assert f"**{rule.sentence}**" in section
        assert re.search(rf"Where: \[models/\w+/{rule.name}\.py\]", section)
        assert "In the checker: " in section


def test_the_rules_page_names_no_source_that_is_not_in_the_project() -> None:
    assert "PROBLEM.md" not in text_of(RULES_PAGE)


# -- examples -------------------------------------------------------------------------------------------------


def test_the_example_of_a_roster_is_one_and_its_costs_sum_to_its_total() -> None:
    (text,) = [body for body in blocks(text_of(FORMATS), "json") if "roster/1" in body]
    roster = Roster.model_validate_json(text)
    assert roster.objective == sum(roster.costs.values())
    assert roster.bound <= roster.objective
    assert tuple(roster.costs) == COSTS
    assert set(json.loads(text)) == set(json.loads(roster.to_json()))


def test_the_example_of_a_report_is_one_with_every_entry_of_its_parts() -> None:
    (text,) = [body for body in blocks(text_of(FORMATS), "json") if "report/1" in body]
    report = Report.model_validate_json(text)
    assert json.loads(report.to_json()) == json.loads(text)


def test_the_example_of_faults_is_what_a_refused_input_prints() -> None:
    (text,) = [body for body in blocks(text_of(FORMATS), "json") if "faults" in body]
    assert json.loads(text) == json.loads(Refused.model_validate_json(text).model_dump_json(exclude_unset=True))


def test_the_examples_of_edits_can_be_read() -> None:
    found = [body for page in PAGES for body in blocks(text_of(page), "json") if body.startswith("[")]
    assert [len(parse_edits(text)) for text in found] == [1, 1, 2, 4]


def test_the_example_of_settings_is_enough() -> None:
    (text,) = blocks(text_of(FORMATS), "toml")
    given = tomllib.loads(text)
    assert Settings.model_validate(given).model_fields_set == set(given)
    required = {name for name, info in Settings.model_fields.items() if info.is_required()}
    assert set(given) == required


def test_the_table_of_outcomes_has_each_with_its_exit_code() -> None:
    rows = re.findall(r"^\| `(\w+)` \| .* \| (\d) \|$", text_of(FORMATS), re.MULTILINE)
    assert {outcome: int(code) for outcome, code in rows} == EXIT_CODES
    assert {outcome for outcome, _ in rows} == set(get_args(Outcome))


# -- names and numbers ----------------------------------------------------------------------------------------


def test_the_constants_that_the_proof_names_are_in_the_search() -> None:
    code = "".join(path.read_text() for path in (ROOT / "roster" / "search").glob("*.py"))
    named = re.findall(r"`([A-Z_]{3,})`", text_of(PROOF))
    assert named
    assert [name for name in named if not re.search(rf"^{name}\b.* = ", code, re.MULTILINE)] == []


def test_the_constants_that_the_page_on_explanations_names_are_in_the_code() -> None:
    code = "".join(path.read_text() for path in (ROOT / "roster" / "explain").rglob("*.py"))
    named = re.findall(r"`(_?[A-Z_]{3,})`", text_of(EXPLAIN))
    assert named
    assert [name for name in named if not re.search(rf"^{name}\b.* = ", code, re.MULTILINE)] == []


def test_every_repair_price_is_that_of_a_step() -> None:
    steps = re.findall(r"^\| `(\w+)` \| .* \| (\d+) \| (\d+) \| \w+ \|$", text_of(EXPLAIN), re.MULTILINE)
    prices = RepairPrices().model_dump(by_alias=True)
    found = {kind: int(first) for kind, first, _ in steps}
    found |= {f"{kind}_more": int(more) for kind, _, more in steps if f"{kind}_more" in prices}
    assert found == prices


def test_the_choices_give_the_weights_prices_and_seconds_of_the_code() -> None:
    text, prices = " ".join(text_of(CHOICES).split()), RepairPrices()
    weights = f"a person of band A counts {WEIGHTS['A']}, of band B {WEIGHTS['B']}, of band C {WEIGHTS['C']}"
    assert weights in text
    assert f"of `presence` ({prices.presence} points for each visit missing) and pins ({prices.pin} for each)" in text
    assert f"stops after {Options().time_limit:g} seconds unless told otherwise" in text
    assert f"until its total is within {_GOOD_ENOUGH:.0%} of the best that breaks as little" in text
    shares = f"{_SHARE_OF_REPORT:.0%} of the time limit, of that conflicts up to {_SHARE_OF_CONFLICTS:.0%}"
    assert shares in text


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    lost = []
    for link in links(text_of(page)):
        file, _, anchor = link.partition("#")
        target = (page.parent / file).resolve() if file else page
        if not target.exists() or (anchor and anchor not in anchors(text_of(target))):
            lost.append(link)
    assert lost == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_files_and_folders_named_are_there(page: Path) -> None:
    named = re.findall(r"`((?:roster|models|instances|tests|docs)/[\w./-]*|cli\.py)`", text_of(page))
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_commands_named_are_there_and_take_the_arguments_and_options_given(page: Path) -> None:
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    for line in command_lines(text_of(page)):
        name, *arguments = shlex.split(line, comments=True)
        if arguments and name != "COMMAND":
            with suppress(Exit):
                group.commands[name].make_context(f"roster {name}", arguments)
        else:
            assert name == "COMMAND" or name in group.commands


# -- what is installed ----------------------------------------------------------------------------------------


def test_the_lock_file_has_a_version_of_every_library_that_is_asked_for_and_no_host() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lock = (ROOT / "requirements.lock").read_text()
    locked: dict[str, list[str]] = {}
    for line in lock.splitlines():
        if not line.startswith("#"):
            requirement = Requirement(line)
            locked.setdefault(requirement.name, []).append(str(requirement.specifier).removeprefix("=="))
    for asked in map(Requirement, [*project["dependencies"], *project["optional-dependencies"]["dev"]]):
        versions = locked.get(asked.name.lower(), [])
        assert versions, asked
        assert all(asked.specifier.contains(version) for version in versions), asked
    assert "://" not in lock
