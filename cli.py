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

from roster.commands.codes import EXIT_CODES as EXIT_CODES
from roster.options import (
    AsJson,
    AsOfOption,
    CoachOption,
    DatabaseOption,
    DataOption,
    DateOption,
    EditsOption,
    Folder,
    FolderOnly,
    Folders,
    Gap,
    Quiet,
    ReferralOption,
    RosterFile,
    Seed,
    SessionOption,
    SiteOption,
    TimeLimit,
    Workers,
)
from roster.terminal import print_json, results, warn, wrong_input

if TYPE_CHECKING:
    from roster.commands.holding import Reserve
    from roster.commands.service_database import Database
    from roster.web.terms import Terms as WebTerms

EVERY_MONTH, PLANNING, DATA, LOOK_UP, SERVICE = (
    "Every month",
    "Planning",
    "The data",
    "To look things up",
    "The web service",
)

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
    gap: Gap = 0.0,
    reserve: Annotated[
        str | None,
        typer.Option(
            metavar="SHARE",
            help="Hold back this share of each week's places for urgent referrals to come, for example 0.1 or 10%.",
        ),
    ] = None,
    workers: Workers = None,
    seed: Seed = 0,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Make the best roster of the month, prove how good it is, check it, and write it down.

    Ctrl-C stops early and keeps the best roster found so far.
    """
    from models import PREFERENCES, RULES
    from models.by_hand.planner import plans_by_hand
    from roster.commands.solving import Solve
    from roster.solve import Options

    options = Options(time_limit=time_limit, gap=gap, workers=workers, seed=seed, start=plans_by_hand)
    held = None if reserve is None else _held_back(reserve, as_json)
    raise typer.Exit(Solve(folder, edits, out, options, RULES, PREFERENCES, as_json, quiet, held).run())


def _held_back(share: str, as_json: bool) -> Reserve:
    """The share as the rule that holds it back, and the planner that keeps it."""
    from functools import partial

    from models.appointments import reserve
    from models.by_hand.holding_back import plans_holding_back
    from roster.commands.holding import Reserve, share_of

    with wrong_input(as_json):
        part = share_of(share)
    return Reserve(part, reserve.reserve(part), partial(plans_holding_back, part))


@app.command("solve-many", rich_help_panel=EVERY_MONTH)
def solve_many(
    folders: Folders,
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="Where the results go, a folder for each.", show_default=False)
    ],
    time_limit: Annotated[
        float, typer.Option(metavar="SECONDS", min=0.1, help="For each folder: stop with the best found.")
    ] = 60.0,
    gap: Gap = 0.0,
    workers: Annotated[
        int | None, typer.Option(metavar="NUMBER", min=1, help="Processors for each folder. Left out: 2.")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(metavar="NUMBER", min=1, help="Folders at once. Left out: what the processors allow.")
    ] = None,
    seed: Seed = 0,
    cluster: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Solve on a Dask cluster, for example tcp://10.0.0.5:8786."),
    ] = None,
    again: Annotated[bool, typer.Option("--again", metavar="", help="Solve also what is done already.")] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Make the rosters of many folders, several at once, and sum them up. Run it again to go on where it ended.

    Ctrl-C stops early: what is done stays, what is under way gives the best roster found so far. Exit codes: 0 where
    every folder has a roster, otherwise the worst: 1, then 2, 3 and 4.
    """
    from models import PREFERENCES, RULES
    from models.by_hand.planner import plans_by_hand
    from roster.commands.many import SolveMany

    effort = time_limit, gap, seed, workers, jobs
    rules = RULES, PREFERENCES, plans_by_hand
    raise typer.Exit(SolveMany(folders, out, *effort, cluster, again, *rules, as_json, quiet).run())


@app.command(rich_help_panel=EVERY_MONTH)
def show(
    folder: Folder,
    roster_file: RosterFile,
    by: Annotated[Literal["day", "coach", "site"], typer.Option(help="How to sort the visits.")] = "day",
    edits: EditsOption = None,
    as_json: AsJson = False,
) -> None:
    """Show a roster: every visit with its appointments, and who is not seen and why."""
    from models import PREFERENCES, RULES
    from roster.commands.looking import Look

    raise typer.Exit(Look(folder, roster_file, edits, RULES, PREFERENCES, as_json).show(by))


@app.command(rich_help_panel=EVERY_MONTH)
def check(folder: Folder, roster_file: RosterFile, edits: EditsOption = None, as_json: AsJson = False) -> None:
    """Check a roster against every rule, and work out its costs again."""
    from models import PREFERENCES, RULES
    from roster.commands.looking import Look

    raise typer.Exit(Look(folder, roster_file, edits, RULES, PREFERENCES, as_json).check())


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
    from roster.commands.explaining import Explain
    from roster.solve import Options

    options = Options(time_limit=time_limit, workers=workers, seed=seed)
    command = Explain(folder, edits, RULES, PREFERENCES, as_json)
    raise typer.Exit(command.explain(options, out, html, quiet))


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


@app.command(rich_help_panel=EVERY_MONTH)
def publish(
    folder: FolderOnly,
    roster_file: RosterFile,
    edits: Annotated[
        Path | None,
        typer.Option(
            "--edits", metavar="FILE", help="Changes that are made to the data with it: a JSON list of edits."
        ),
    ] = None,
    as_of: AsOfOption = None,
    by: Annotated[
        str, typer.Option(metavar="ROLE", help="Who approved it: an id or a role, never a name.")
    ] = "regional-manager",
    i_know: Annotated[
        bool, typer.Option("--i-know", metavar="", help="Publish it although something speaks against it.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make a roster the one that people are told, as a new version. What has happened stays as it was.

    Exit codes: 0 published, 1 something speaks against it and nothing was published, 2 wrong input.
    """
    from models import PREFERENCES, RULES
    from roster.commands.publishing import Publish

    given = folder, roster_file, edits, as_of, by, i_know
    raise typer.Exit(Publish(*given, RULES, PREFERENCES, as_json).run())


@app.command(rich_help_panel=EVERY_MONTH)
def repair(
    folder: Folder,
    edits: Annotated[
        Path,
        typer.Option("--edits", metavar="FILE", help="What has happened: a JSON list of edits.", show_default=False),
    ],
    as_of: AsOfOption = None,
    max_changes: Annotated[
        int | None, typer.Option(metavar="NUMBER", min=0, help="Make at most so many changes.", show_default=False)
    ] = None,
    out: Annotated[
        Path, typer.Option(metavar="FILE", help="Where to write the repaired roster. A file that is there is replaced.")
    ] = Path("repaired.json"),
    report: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write all messages and what changes buy as JSON.")
    ] = None,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the same as a page, with a picture.")] = None,
    time_limit: TimeLimit = 60.0,
    gap: Gap = 0.0,
    workers: Workers = None,
    seed: Seed = 0,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Repair the published roster after something has happened: change little, and say who is to be told what.

    Consent that the edits withdraw is withdrawn in FOLDER at once. Nothing else there changes before roster publish.
    """
    from models.by_hand.planner import plans_by_hand
    from models.repairs import TERMS
    from roster.commands.repairing import RepairCommand
    from roster.solve import Options

    options = Options(time_limit=time_limit, gap=gap, workers=workers, seed=seed, start=plans_by_hand)
    places = out, report, html
    command = RepairCommand(folder, edits, as_of, max_changes, *places, options, TERMS, as_json, quiet)
    raise typer.Exit(command.run())


@app.command("versions", rich_help_panel=EVERY_MONTH)
def versions_(folder: FolderOnly, as_json: AsJson = False) -> None:
    """List the rosters that people were told: when, as of which day, who approved it, how good it was."""
    from roster.commands.publishing import versions

    raise typer.Exit(versions(folder, as_json))


@app.command(rich_help_panel=EVERY_MONTH)
def diff(
    was: Annotated[Path, typer.Argument(metavar="A", help="A roster.json: what was.", show_default=False)],
    now: Annotated[Path, typer.Argument(metavar="B", help="A roster.json: what is now.", show_default=False)],
    folder: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="The data, for days and places. Left out: the folder that A or B lies in."),
    ] = None,
    edits: Annotated[
        Path | None, typer.Option("--edits", metavar="FILE", help="Changes that were made to the data before B.")
    ] = None,
    most: Annotated[int, typer.Option(metavar="NUMBER", min=1, help="Rows to show of each table.")] = 12,
    as_json: AsJson = False,
) -> None:
    """Say what differs between two rosters: for whom it is worse first, then coaches, rooms and costs."""
    from roster.commands.comparing import Compare

    raise typer.Exit(Compare(was, now, folder, edits, most, as_json).run())


@app.command(rich_help_panel=EVERY_MONTH)
def stress(
    folder: Folder,
    roster_file: RosterFile,
    edits: EditsOption = None,
    as_of: AsOfOption = None,
    time_limit: Annotated[
        float, typer.Option(metavar="SECONDS", min=0.1, help="For all cases together; what is not tried is listed.")
    ] = 120.0,
    jobs: Annotated[
        int | None, typer.Option(metavar="NUMBER", min=1, help="Processes at once. Left out: one for each processor.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the answer as JSON, for example stress.json.")
    ] = None,
    most: Annotated[int, typer.Option(metavar="NUMBER", min=1, help="Rows to show of the weakest points.")] = 12,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Try each coach, site and room gone for a week: who could no longer be seen in time, and the best repair.

    Ctrl-C stops early and keeps what is known so far.
    """
    from models import PREFERENCES, RULES
    from models.continuity import change
    from models.urgency.see_by import WEIGHTS
    from roster.commands.stressing import Stress
    from roster.stress.compare import Terms

    terms = Terms(RULES, PREFERENCES, change.PREFERENCE, change.CHANGES, WEIGHTS)
    given = folder, roster_file, edits, as_of
    raise typer.Exit(Stress(*given, terms, time_limit, jobs, out, most, as_json, quiet).run())


# -- planning -------------------------------------------------------------------------------------------------


@app.command(rich_help_panel=PLANNING)
def plan(
    folder: Folder,
    scenarios: Annotated[
        Path,
        typer.Argument(
            metavar="SCENARIOS.toml", help="Scenarios, each a name and a list of edits, and grids.", show_default=False
        ),
    ],
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="Where tables and rosters go, a folder for each.", show_default=False)
    ],
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to write it all as a page with pictures.")
    ] = None,
    time_limit: Annotated[
        float, typer.Option(metavar="SECONDS", min=0.1, help="For each scenario: stop with the best found.")
    ] = 60.0,
    gap: Gap = 0.0,
    workers: Annotated[
        int | None, typer.Option(metavar="NUMBER", min=1, help="Processors for each scenario. Left out: 2.")
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(metavar="NUMBER", min=1, help="Scenarios at once. Left out: what the processors allow."),
    ] = None,
    seed: Seed = 0,
    cluster: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Solve on a Dask cluster, for example tcp://10.0.0.5:8786."),
    ] = None,
    again: Annotated[bool, typer.Option("--again", metavar="", help="Solve also what is done already.")] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Compare scenarios with the data as they are: who is seen and how soon, work, costs, and what of it is proved.

    Run it again to go on where it ended. Ctrl-C stops early. Exit codes: 0 where every scenario has a roster,
    otherwise the worst: 1, then 2, 3 and 4.
    """
    from functools import partial

    from models import PREFERENCES, RULES
    from models.by_hand.from_another import plans_from
    from models.by_hand.planner import plans_by_hand
    from roster.commands.planning import PlanCommand
    from roster.many.beside import Effort, Terms

    terms = Terms(RULES, PREFERENCES, plans_by_hand, lambda roster: partial(plans_from, roster))
    effort = Effort(time_limit, gap, seed, workers, jobs, cluster, again)
    raise typer.Exit(PlanCommand(folder, scenarios, out, html, effort, terms, as_json, quiet).run())


@app.command(rich_help_panel=PLANNING)
def value(
    folder: Folder,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where tables and rosters go, a folder for each.", show_default=False),
    ] = None,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to write it all as a page with a picture.")
    ] = None,
    sheets: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Where to write a page for each practice: the best session it could offer.",
            show_default=False,
        ),
    ] = None,
    top: Annotated[int, typer.Option(metavar="NUMBER", min=1, max=200, help="Try so many things.")] = 10,
    most_sheets: Annotated[
        int | None,
        typer.Option(
            metavar="NUMBER",
            min=0,
            help="With --sheets: try so many sessions more for them. Left out: the best of every practice.",
        ),
    ] = None,
    time_limit: Annotated[
        float,
        typer.Option(
            metavar="SECONDS",
            min=0.1,
            help="For the data as they are; everything else takes at most nine times as long.",
        ),
    ] = 60.0,
    gap: Gap = 0.0,
    workers: Annotated[
        int | None, typer.Option(metavar="NUMBER", min=1, help="Processors for each roster. Left out: 2.")
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(metavar="NUMBER", min=1, help="Rosters at once. Left out: what the processors allow."),
    ] = None,
    seed: Seed = 0,
    cluster: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Make the rosters on a Dask cluster, for example tcp://10.0.0.5:8786."),
    ] = None,
    again: Annotated[bool, typer.Option("--again", metavar="", help="Try also what is done already.")] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Find what one thing more is worth: a session, a coach's day, an interpreter, a limit one step looser.

    What promises most is tried: a roster is made with it and compared. Ctrl-C stops early and keeps what is known.
    Exit codes: 0 there is a roster of the data as they are, 2 wrong input, 3 none keeps every rule, 4 time ran out.
    """
    from functools import partial

    from models import PREFERENCES, RULES
    from models.by_hand.from_another import plans_from
    from models.by_hand.planner import plans_by_hand
    from roster.commands.valuing import Value
    from roster.many.beside import Effort, Terms

    terms = Terms(RULES, PREFERENCES, plans_by_hand, lambda roster: partial(plans_from, roster))
    effort = Effort(time_limit, gap, seed, workers, jobs, cluster, again)
    places = out, html, sheets
    raise typer.Exit(Value(folder, *places, top, most_sheets, effort, terms, as_json, quiet).run())


@app.command(rich_help_panel=PLANNING)
def fairness(
    folder: Folder,
    roster_file: RosterFile,
    price: Annotated[
        bool,
        typer.Option("--price", metavar="", help="What it costs to make the longest mean wait a tenth shorter."),
    ] = False,
    every_group: Annotated[
        bool,
        typer.Option("--every-group", metavar="", help="Also groups of fewer than 5 people. Not to be passed on."),
    ] = False,
    edits: EditsOption = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write tables, and the roster with the shorter wait, to this folder."),
    ] = None,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write it all as a page with a picture.")] = None,
    time_limit: Annotated[
        float, typer.Option(metavar="SECONDS", min=0.1, help="With --price: stop after so many seconds.")
    ] = 120.0,
    workers: Workers = None,
    seed: Seed = 0,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Say who waits longer: by practice, town or country, band and need; and what a shorter wait would cost.

    Ctrl-C stops early and keeps what is known so far. Exit codes: 0 answered, 1 a roster that the checker does not
    accept, 2 wrong input, 4 the price was not found in time.
    """
    from models import PREFERENCES, RULES
    from models.urgency.wait_at import days_at, wait_at
    from roster.commands.fairness import FairnessCommand
    from roster.planning.fairness.price import FairTerms
    from roster.solve import Options

    options = Options(time_limit=time_limit, workers=workers, seed=seed) if price else None
    terms = FairTerms(RULES, PREFERENCES, wait_at, days_at)
    given = folder, roster_file, edits, options, every_group
    raise typer.Exit(FairnessCommand(*given, out, html, terms, as_json, quiet).run())


@app.command(rich_help_panel=PLANNING)
def simulate(
    folder: Folder,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where tables go, and what is needed to go on.")] = Path(
        "simulated"
    ),
    months: Annotated[int, typer.Option(metavar="NUMBER", min=1, max=120, help="Months to go through.")] = 12,
    runs: Annotated[int, typer.Option(metavar="NUMBER", min=1, max=9999, help="How often, by other chances.")] = 50,
    settings: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="SIMULATION.toml: who is referred, who does not come, who is ill.", show_default=False
        ),
    ] = None,
    scenarios: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="SCENARIOS.toml, as roster plan reads it: simulate these, too."),
    ] = None,
    scenario: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Only this one of them; may be given several times.", show_default=False),
    ] = None,
    threshold: Annotated[
        bool, typer.Option("--threshold", metavar="", help="Also find how many referrals are too many. Takes long.")
    ] = False,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to write it all as a page with pictures.")
    ] = None,
    time_limit: Annotated[
        float, typer.Option(metavar="SECONDS", min=0.1, help="For each roster: stop with the best found.")
    ] = 30.0,
    gap: Gap = 0.02,
    workers: Annotated[int, typer.Option(metavar="NUMBER", min=1, help="Processors for each roster.")] = 1,
    jobs: Annotated[
        int | None,
        typer.Option(metavar="NUMBER", min=1, help="Rosters at once. Left out: what the processors allow."),
    ] = None,
    seed: Annotated[
        int, typer.Option(metavar="NUMBER", min=0, help="Another number draws other people and other chances.")
    ] = 0,
    cluster: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Solve on a Dask cluster, for example tcp://10.0.0.5:8786."),
    ] = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Go through month after month with people referred at random: how long they wait, and whether the queue grows.

    Run it again to go on where it ended. Ctrl-C stops early and sums up what is done.

    Exit codes: 0 all months are done, 2 wrong input, 4 not all of them.
    """
    from models import PREFERENCES, RULES
    from models.by_hand.planner import plans_by_hand
    from roster.commands.simulating import Engine, Simulate

    engine = Engine(RULES, PREFERENCES, plans_by_hand, time_limit, gap, workers, seed)
    asked = months, runs, settings, scenarios, tuple(scenario or ()), threshold
    raise typer.Exit(Simulate(folder, *asked, out, html, jobs, cluster, engine, as_json, quiet).run())


@app.command(rich_help_panel=PLANNING)
def need(
    folder: Folder,
    within: Annotated[
        int,
        typer.Option(metavar="DAYS", min=0, max=1000, help="Days from being referred to being seen."),
    ] = 28,
    share: Annotated[
        str, typer.Option(metavar="SHARE", help="How many people are to be seen in so many days: 0.95 or 95%.")
    ] = "0.95",
    of: Annotated[
        Literal["everybody", "reachable"],
        typer.Option(help="Whom the share is of: everybody with consent, or only who can still be seen in time."),
    ] = "everybody",
    frontier: Annotated[
        bool, typer.Option("--frontier", metavar="", help="Also what it costs to see fewer and more people in time.")
    ] = False,
    offers: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="OFFERS.toml: coaches and rooms that there could be, with their prices."),
    ] = None,
    edits: EditsOption = None,
    edits_out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write what to add as edits, for roster solve --edits.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write tables, the edits and a roster after them to this folder."),
    ] = None,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write it all as a page, with --frontier with a picture.")
    ] = None,
    most: Annotated[int, typer.Option(metavar="NUMBER", min=1, help="Rows to show of what to add.")] = 12,
    time_limit: TimeLimit = 120.0,
    workers: Workers = None,
    seed: Seed = 0,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Find the cheapest coaches, sessions, rooms and interpreters to add so that enough people are seen soon enough.

    Ctrl-C stops early and keeps what is known so far. Exit codes: 0 found, 2 wrong input, 3 nothing that could be
    added is enough, 4 time ran out.
    """
    from models import PREFERENCES, RULES
    from models.by_hand.planner import plans_by_hand
    from models.urgency import within as soon
    from roster.commands.needing import NeedCommand
    from roster.planning.need.model import Question
    from roster.planning.need.report import NeedTerms
    from roster.solve import Options

    options = Options(time_limit=time_limit, workers=workers, seed=seed, start=plans_by_hand)
    terms = NeedTerms(Question(within, RULES, soon.within), PREFERENCES, options)
    asked = share, of, frontier
    places = edits_out, out, html
    raise typer.Exit(NeedCommand(folder, edits, offers, asked, places, terms, most, as_json, quiet).run())


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
        str,
        typer.Argument(metavar="RECIPE", help="The kind of region, for example pilot or nation.", show_default=False),
    ],
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="The new folder, or workbook.", show_default=False)],
    seed: Annotated[int, typer.Option(metavar="NUMBER", help="Another number makes another region.")] = 1,
) -> None:
    """Make up an example region: the same recipe and number give the same region every time."""
    from instances.generate import UnknownRecipeError, recipe_names
    from instances.generate import generate as make_up
    from instances.nation import NATION, districts
    from roster.fault import Fault, InvalidInput, listed
    from roster.outputs import new_instance, new_instances

    with wrong_input():
        try:
            if recipe == NATION:
                new_instances(districts(seed), out)
            else:
                new_instance(make_up(recipe, seed), out)
        except UnknownRecipeError:
            do = f"Choose {listed([*recipe_names(), NATION])}."
            raise InvalidInput([Fault(file="recipe", value=recipe, says="there is no such recipe", do=do)]) from None
    if recipe == NATION:
        to_solve = f"make its rosters: roster solve-many {shlex.quote(str(out))}/* --out results"
    else:
        to_solve = f"make its roster: {shlex.join(['roster', 'solve', str(out)])}"
    results().print(f"Written to {out}. To {to_solve}", soft_wrap=True)


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


@app.command(rich_help_panel=LOOK_UP)
def doctors(
    number: Annotated[
        str | None,
        typer.Argument(metavar="[NUMBER]", help="The example to run, or its name. Left out: a list of them."),
    ] = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where its page and its rosters go.")] = Path("doctors"),
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Run what doctors said as an example: a small folder, the commands that answer it, a page, and the answer.

    Exit codes: 0 answered, otherwise that of the command that did not come to its end.
    """
    from instances.doctors.stories import EXAMPLES, HOME
    from roster.commands.doctors import Doctors

    command = Doctors(EXAMPLES, HOME, out, _exit_code_of, as_json, quiet)
    raise typer.Exit(command.list() if number is None else command.run(number))


def _exit_code_of(arguments: Sequence[str]) -> int:
    """Run one of these commands; its exit code."""
    code = app(list(arguments), standalone_mode=False)
    return code if isinstance(code, int) else 0


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
    from roster.commands.explaining import Explain

    raise typer.Exit(Explain(folder, edits, RULES, PREFERENCES, as_json).verify(report_file, time_limit))


# -- the service ----------------------------------------------------------------------------------------------


def terms_of_the_service() -> WebTerms:
    """What rosters keep and cost, as the service is told. Leaves with exit code 2 where it is not installed."""
    from roster.commands.service_extra import check_installed

    check_installed()
    from models import PREFERENCES, RULES
    from models.by_hand.from_another import plans_from
    from models.by_hand.planner import plans_by_hand
    from models.repairs import TERMS
    from roster.web.terms import Terms

    return Terms(RULES, PREFERENCES, plans_by_hand, plans_from, TERMS)


@app.command(rich_help_panel=SERVICE)
def serve(
    database: DatabaseOption = None,
    data: DataOption = None,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="NUMBER", min=1, max=65535, help="The port to listen at.")] = 8000,
    processes: Annotated[int, typer.Option(metavar="NUMBER", min=1, help="Processes that answer requests.")] = 2,
    https: Annotated[
        bool, typer.Option("--https", help="Pages are reached by https, through a proxy that says so.")
    ] = False,
    worker: Annotated[bool, typer.Option("--worker/--no-worker", help="Start what makes the rosters, too.")] = True,
) -> None:
    """Start the web service: practices declare rooms, managers make rosters, planners ask.

    A database that is empty is given a small region to look at, and an account for each role.
    """
    terms = terms_of_the_service()
    from roster.commands.serving import Serve

    demonstration = Path(__file__).resolve().parent / "instances" / "pilot"
    one = Serve(terms, demonstration, database, data, host, port, processes, https, worker)
    raise typer.Exit(one.run())


@app.command("worker", rich_help_panel=SERVICE)
def work(
    once: Annotated[bool, typer.Option("--once", help="End when there is nothing more to do.")] = False,
) -> None:
    """Make the rosters that are asked for on the web pages. roster serve starts one."""
    terms = terms_of_the_service()
    from roster.commands.serving import work as work_on

    raise typer.Exit(work_on(terms, once=once))


def _database(url: str | None, data: Path | None) -> Database:
    from roster.commands.service_database import Database

    return Database(terms_of_the_service(), url, data)


@app.command(rich_help_panel=SERVICE)
def people(
    doing: Annotated[
        str,
        typer.Argument(metavar="[DOING]", help="What to do: list, make, password, disable, enable, give or take."),
    ] = "list",
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="The account.", show_default=False)] = None,
    role: Annotated[
        str | None, typer.Option(metavar="ROLE", help="The role, for make, give and take.", show_default=False)
    ] = None,
    region: Annotated[
        str | None, typer.Option(metavar="REGION", help="The region that the role is in.", show_default=False)
    ] = None,
    of: Annotated[
        str, typer.Option(metavar="ID", help="The practice or the coach that the role is about.", show_default=False)
    ] = "",
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """List who can log in to the service, make accounts and passwords, give and take roles.

    A new database that has an account already is given no demonstration region.
    """
    from roster.commands.service_people import People

    raise typer.Exit(People(_database(database, data), doing, name, role, region, of).run())


@app.command(rich_help_panel=SERVICE)
def audit(
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the log as a CSV file.", show_default=False)
    ] = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Check that the service's log of changes is as it was written; write it to a file.

    Exit codes: 0 as it was written, 1 not so.
    """
    from roster.commands.service_keeping import audit as check

    raise typer.Exit(check(_database(database, data), out))


@app.command(rich_help_panel=SERVICE)
def retention(database: DatabaseOption = None, data: DataOption = None) -> None:
    """Delete what the service holds about single people in months that are over for long enough.

    roster worker does the same once a day.
    """
    from datetime import date

    from roster.commands.service_keeping import retention as delete

    raise typer.Exit(delete(_database(database, data), date.today()))


@app.command(rich_help_panel=SERVICE)
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file, for example today.backup.")],
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Write everything that the service holds to one file, while it goes on working."""
    from roster.commands.service_keeping import back_up

    raise typer.Exit(back_up(_database(database, data), file))


@app.command(rich_help_panel=SERVICE)
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What roster backup wrote.")],
    replace: Annotated[bool, typer.Option("--replace", metavar="", help="Lose what the database holds now.")] = False,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Read a back-up into an empty database, SQLite or PostgreSQL, whichever it came from."""
    from datetime import date

    from roster.commands.service_keeping import restore as read

    raise typer.Exit(read(_database(database, data), file, date.today(), replace=replace))


def main() -> None:
    """The command ``roster``."""
    app()


if __name__ == "__main__":
    main()
