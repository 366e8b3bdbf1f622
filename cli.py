"""The command line: the only place where the rules and the engine meet.

Results go to standard output; progress, warnings and errors to standard error. Whatever is heavy is imported inside
the command that needs it, so that help is there at once.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from roster.options import (
    AsJson,
    CoachOption,
    DateOption,
    EditsOption,
    Folder,
    Quiet,
    ReferralOption,
    RosterFile,
    Seed,
    SessionOption,
    SiteOption,
    TimeLimit,
    Workers,
)
from roster.terminal import WRONG_INPUT, errors, print_json, results, warn, wrong_input

if TYPE_CHECKING:
    from roster.domain import Roster
    from roster.fault import Notice
    from roster.instance import Instance
    from roster.solve import Result
    from roster.verify import Verdict

OK, BROKEN, INFEASIBLE, UNKNOWN = 0, 1, 3, 4
EXIT_CODES = {
    "optimal": OK,
    "feasible": OK,
    "rejected": BROKEN,
    "invalid": WRONG_INPUT,
    "infeasible": INFEASIBLE,
    "unknown": UNKNOWN,
}

EVERY_MONTH, DATA, LOOK_UP = "Every month", "The data", "To look things up"

app = typer.Typer(
    name="roster",
    help="Which job coach works in which surgery, in which room, on which half-day of a month, and whom they see. "
    "Start with: roster solve FOLDER",
    epilog="Exit codes: 0 a roster, 1 a roster that breaks a rule, 2 wrong input, 3 no roster keeps every rule, "
    "4 time ran out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)


# -- every month ----------------------------------------------------------------------------------------------


@app.command(rich_help_panel=EVERY_MONTH)
def solve(
    folder: Folder,
    edits: EditsOption = None,
    out: Annotated[
        Path, typer.Option(metavar="FILE", help="Where to write the roster. A file that is there is replaced.")
    ] = Path("roster.json"),
    time_limit: Annotated[
        float, typer.Option(metavar="SECONDS", min=0.1, help="Stop after so many seconds with the best found.")
    ] = 60.0,
    gap: Annotated[
        float, typer.Option(metavar="SHARE", min=0, max=1, help="Good enough: 0.01 is at most 1% from the best.")
    ] = 0.0,
    workers: Workers = None,
    seed: Seed = 0,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Make the best roster of the month, prove how good it is, check it, and write it down.

    Ctrl-C stops early and keeps the best roster found so far.
    """
    from models import PREFERENCES, RULES
    from roster.files import write_text
    from roster.inputs import instance_at
    from roster.outputs import check_place
    from roster.progress import ProgressLine
    from roster.solve import Options
    from roster.solve import solve as find_roster

    with wrong_input(as_json):
        check_place(out)
        instance, notices = instance_at(folder, edits)
        if not (as_json or quiet):
            warn(notices)
        options = Options(time_limit=time_limit, gap=gap, workers=workers, seed=seed)
        with ProgressLine(errors(quiet)) as line:
            result = find_roster(instance, RULES, PREFERENCES, options, tell=line.tell)
        if result.roster is not None:
            write_text(out, result.roster.to_json())
    if as_json:
        _print_answer(result, notices, out)
    else:
        _print_result(instance, result, out, quiet)
        if result.roster is not None and not quiet:
            beside = ["--edits", str(edits)] if edits else []
            to_see = shlex.join(["roster", "show", str(folder), str(out), *beside])
            results().print(f"To see every visit: {to_see}", soft_wrap=True)
    raise typer.Exit(EXIT_CODES[result.outcome])


@app.command(rich_help_panel=EVERY_MONTH)
def show(
    folder: Folder,
    roster_file: RosterFile,
    by: Annotated[Literal["day", "coach", "site"], typer.Option(help="How to sort the visits.")] = "day",
    edits: EditsOption = None,
    as_json: AsJson = False,
) -> None:
    """Show a roster: every visit with its appointments, and who is not seen and why."""
    from roster.answers import checked, shown
    from roster.show import findings, visits

    with wrong_input(as_json):
        instance, roster, verdict = _look_at(folder, roster_file, edits)
    can_be_shown = bool(verdict.costs)
    if as_json:
        print_json(shown(instance, roster, verdict.accepted, by) if can_be_shown else checked(roster, verdict))
    elif not can_be_shown:
        wrong = checked(roster, verdict).findings
        errors().print(findings("This roster cannot be shown with this data", wrong, most=10))
    else:
        results().print(visits(instance, roster, by, verdict.accepted))
    raise typer.Exit(OK if verdict.accepted else BROKEN)


@app.command(rich_help_panel=EVERY_MONTH)
def check(folder: Folder, roster_file: RosterFile, edits: EditsOption = None, as_json: AsJson = False) -> None:
    """Check a roster against every rule, and work out its costs again."""
    from roster.answers import checked
    from roster.show import verdict as verdict_text

    with wrong_input(as_json):
        instance, roster, verdict = _look_at(folder, roster_file, edits)
    answer = checked(roster, verdict)
    if as_json:
        print_json(answer)
    else:
        results().print(verdict_text(instance, roster, answer))
    raise typer.Exit(OK if verdict.accepted and not roster.compromise else BROKEN)


@app.command(rich_help_panel=EVERY_MONTH)
def explain(
    folder: Folder,
    edits: EditsOption = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the report as JSON, for example report.json.")
    ] = None,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the report as a page, for example report.html.")
    ] = None,
    time_limit: TimeLimit = 120.0,
    workers: Workers = None,
    seed: Seed = 0,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Say why there is no roster, what would make one possible, and which roster would break least.

    Ctrl-C stops early and keeps what is known so far.
    """
    from models import PREFERENCES, RULES
    from roster.explain.process import explain as find_trouble
    from roster.files import write_text
    from roster.inputs import instance_at
    from roster.outputs import check_place
    from roster.pages import report_page
    from roster.progress import ProgressLine
    from roster.show import report_text
    from roster.solve import Options

    with wrong_input(as_json):
        for place in (out, html):
            if place is not None:
                check_place(place)
        instance, _ = instance_at(folder, edits)
        options = Options(time_limit=time_limit, workers=workers, seed=seed)
        with ProgressLine(errors(quiet or as_json)) as line:
            report = find_trouble(instance, RULES, PREFERENCES, options, tell=line.tell)
        if out is not None:
            write_text(out, report.to_json())
        if html is not None:
            write_text(html, report_page(instance, report))
    if as_json:
        print_json(report)
    else:
        results().print(report_text(instance, report))
        for place in (out, html):
            if place is not None:
                results().print(f"Written to {place}.", soft_wrap=True)
    raise typer.Exit(EXIT_CODES[report.outcome])


@app.command(rich_help_panel=EVERY_MONTH)
def why(
    folder: Folder,
    roster_file: RosterFile,
    referral: ReferralOption = None,
    coach: CoachOption = None,
    date: DateOption = None,
    site: SiteOption = None,
    edits: EditsOption = None,
    time_limit: TimeLimit = 60.0,
    workers: Workers = None,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Say why a roster is as it is: who is left out and what limits it, or one referral, coach or site."""
    from models import PREFERENCES, RULES
    from roster.questions import Question

    limits = time_limit, workers, seed
    question = Question(folder, roster_file, edits, RULES, PREFERENCES, *limits, as_json)
    raise typer.Exit(question.why({"referral_id": referral, "coach_id": coach, "day": date, "site_id": site}))


@app.command("why-not", rich_help_panel=EVERY_MONTH)
def why_not(
    folder: Folder,
    roster_file: RosterFile,
    coach: CoachOption = None,
    session: SessionOption = None,
    site: SiteOption = None,
    date: DateOption = None,
    referral: ReferralOption = None,
    edits: EditsOption = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to write the other roster.", show_default=False)
    ] = None,
    time_limit: TimeLimit = 60.0,
    workers: Workers = None,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Make something else so, and say whether it can be, what it costs, what it gains and what would make it right."""
    from models import PREFERENCES, RULES
    from roster.questions import Question

    limits = time_limit, workers, seed
    question = Question(folder, roster_file, edits, RULES, PREFERENCES, *limits, as_json)
    asked = {"coach_id": coach, "session_id": session, "site_id": site, "day": date, "referral_id": referral}
    raise typer.Exit(question.why_not(asked, out))


# -- the data -------------------------------------------------------------------------------------------------


@app.command(rich_help_panel=DATA)
def template(
    out: Annotated[Path, typer.Argument(metavar="OUT.xlsx", help="The workbook to write.", show_default=False)],
) -> None:
    """Write an empty workbook to fill in, with notes on every column."""
    from roster.outputs import new_template

    with wrong_input():
        new_template(out)
    results().print(f"Written to {out}. Its sheet of notes says what goes where.", soft_wrap=True)


@app.command(rich_help_panel=DATA)
def edit(
    folder: Folder,
    edits: Annotated[
        Path,
        typer.Argument(
            metavar="EDITS", help="A JSON list of edits, or with --repair a report.json.", show_default=False
        ),
    ],
    out: Annotated[Path, typer.Option(metavar="FOLDER2", help="The new folder, or workbook.", show_default=False)],
    repair: Annotated[
        int | None,
        typer.Option(metavar="NUMBER", min=1, help="Make this repair of a report that roster explain wrote."),
    ] = None,
) -> None:
    """Make changes to the data, all of them or none, and write it as a new folder. The old one stays as it is."""
    from roster.inputs import edits_at, instance_after, repair_at
    from roster.outputs import new_instance
    from roster.wording import how_many

    with wrong_input():
        made = edits_at(edits) if repair is None else repair_at(edits, repair, folder)
        instance, notices = instance_after(folder, made, edits)
        new_instance(instance, out)
    warn(notices)
    results().print(f"{how_many(len(made), 'change')} made. Written to {out}.", soft_wrap=True)


@app.command(rich_help_panel=DATA)
def generate(
    recipe: Annotated[
        str, typer.Argument(metavar="RECIPE", help="The kind of region, for example pilot.", show_default=False)
    ],
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="The new folder, or workbook.", show_default=False)],
    seed: Annotated[int, typer.Option(metavar="NUMBER", help="Another number makes another region.")] = 1,
) -> None:
    """Make up an example region: the same recipe and number give the same region every time."""
    from instances.generate import UnknownRecipeError, recipe_names
    from instances.generate import generate as make_up
    from roster.fault import Fault, InvalidInput, listed
    from roster.outputs import new_instance

    with wrong_input():
        try:
            instance = make_up(recipe, seed)
        except UnknownRecipeError:
            do = f"Choose {listed(recipe_names())}."
            raise InvalidInput([Fault(file="recipe", value=recipe, says="there is no such recipe", do=do)]) from None
        new_instance(instance, out)
    to_solve = shlex.join(["roster", "solve", str(out)])
    results().print(f"Written to {out}. To make its roster: {to_solve}", soft_wrap=True)


@app.command(rich_help_panel=DATA)
def facts(folder: Folder, edits: EditsOption = None, as_json: AsJson = False) -> None:
    """List everything that somebody could change so that a roster is possible, and who could."""
    from roster.answers import FactList
    from roster.facts import facts_of
    from roster.inputs import instance_at
    from roster.show import facts_list

    with wrong_input(as_json):
        instance, _ = instance_at(folder, edits)
    found = facts_of(instance)
    if as_json:
        settings = instance.settings
        print_json(FactList(instance=settings.name, month=settings.month, facts=tuple(found)))
    else:
        results().print(facts_list(instance, found))


# -- to look things up ----------------------------------------------------------------------------------------


@app.command(rich_help_panel=LOOK_UP)
def rules(
    formula: Annotated[bool, typer.Option("--formula", metavar="", help="Show each formula as well.")] = False,
    as_json: AsJson = False,
) -> None:
    """List every rule that a roster keeps, and everything that costs."""
    from models import PREFERENCES, RULES
    from roster.answers import rule_list
    from roster.show import rules_list

    if as_json:
        print_json(rule_list(RULES, PREFERENCES))
    else:
        results().print(rules_list(RULES, PREFERENCES, formula))


@app.command(rich_help_panel=LOOK_UP)
def schema(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Only this one, for example roster or edits.")
    ] = None,
) -> None:
    """Print the JSON Schemas of the tables, rosters, edits and answers, for a program to read."""
    import json

    from roster.fault import Fault, InvalidInput, listed
    from roster.schemas import NAMES, schemas
    from roster.schemas import schema as schema_of

    with wrong_input():
        if name is not None and name not in NAMES:
            do = f"There are {listed(NAMES, 'and')}."
            raise InvalidInput([Fault(file="schema", value=name, says="there is no schema of this name", do=do)])
    typer.echo(json.dumps(schemas() if name is None else schema_of(name), indent=1))


@app.command(name="verify-report", rich_help_panel=LOOK_UP)
def verify_report(
    folder: Folder,
    report_file: Annotated[
        Path, typer.Argument(metavar="REPORT", help="A report.json that roster explain wrote.", show_default=False)
    ],
    edits: EditsOption = None,
    time_limit: Annotated[
        float, typer.Option(metavar="SECONDS", min=0.1, help="Stop after so many seconds; what is left stays open.")
    ] = 300.0,
    as_json: AsJson = False,
) -> None:
    """Check every claim of a report on why there is no roster, without what made the report.

    Exit codes: 0 everything holds, 1 something does not, 4 something was not settled in time.
    """
    from models import PREFERENCES, RULES
    from roster.answers import checked_report
    from roster.audit.whole import audit
    from roster.inputs import instance_at, report_at
    from roster.show import report_check

    with wrong_input(as_json):
        report = report_at(report_file)
        instance, _ = instance_at(folder, edits)
    answer = checked_report(audit(instance, report, RULES, PREFERENCES, time_limit))
    if as_json:
        print_json(answer)
    else:
        results().print(report_check(instance, answer))
    raise typer.Exit({"holds": OK, "does not hold": BROKEN, "not settled": UNKNOWN}[answer.outcome])


# -- what the commands share ----------------------------------------------------------------------------------


def _look_at(folder: Path, roster_file: Path, edits: Path | None) -> tuple[Instance, Roster, Verdict]:
    """An instance, a roster, and what the checker says of the two."""
    from models import PREFERENCES, RULES
    from roster.inputs import instance_at, roster_at
    from roster.verify import verify

    instance, _ = instance_at(folder, edits)
    roster = roster_at(roster_file)
    return instance, roster, verify(instance, roster, RULES, PREFERENCES)


def _print_answer(result: Result, notices: Sequence[Notice], out: Path) -> None:
    """The result of a solve as JSON."""
    from roster.answers import not_solved, solved

    if result.roster is None:
        print_json(not_solved(result, notices))
    else:
        print_json(solved(result.roster, result.says, result.seconds, str(out), notices))


def _print_result(instance: Instance, result: Result, out: Path, quiet: bool) -> None:
    """The result of a solve as a person reads it."""
    from models import PREFERENCES
    from roster.answers import found
    from roster.show import findings, no_roster, summary, title

    if result.roster is None:
        results().print(no_roster(instance, result.says))
        if result.findings:
            errors().print(findings("What the checker found", found(result.findings)))
        errors().print("No roster was written." + (f" {out} is from before." if out.exists() else ""))
        return
    if quiet:
        results().print(title(instance, result.roster, result.says))
    else:
        results().print(summary(instance, result.roster, PREFERENCES, result.says))
    results().print(f"\nWritten to {out}.", soft_wrap=True)


def main() -> None:
    """The command ``roster``."""
    app()
