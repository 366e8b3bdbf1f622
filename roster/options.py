"""Arguments and options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

Folder = Annotated[
    Path,
    typer.Argument(
        metavar="FOLDER", help="The folder with settings.toml and the tables, or one workbook.", show_default=False
    ),
]
FolderOnly = Annotated[
    Path,
    typer.Argument(metavar="FOLDER", help="The folder with settings.toml and the tables.", show_default=False),
]
Folders = Annotated[
    list[Path],
    typer.Argument(metavar="FOLDER...", help="Folders, or workbooks, of different names.", show_default=False),
]
RosterFile = Annotated[
    Path, typer.Argument(metavar="ROSTER", help="A roster.json that roster solve wrote.", show_default=False)
]
EditsOption = Annotated[
    Path | None,
    typer.Option("--edits", metavar="FILE", help="Changes to make to the data first: a JSON list of edits."),
]
AsJson = Annotated[bool, typer.Option("--json", metavar="", help="Print JSON, for a program to read.")]
ReferralOption = Annotated[
    str | None, typer.Option("--referral", metavar="ID", help="A referral of the practices' lists.", show_default=False)
]
CoachOption = Annotated[str | None, typer.Option("--coach", metavar="ID", help="A coach.", show_default=False)]
SessionOption = Annotated[
    str | None,
    typer.Option("--session", metavar="ID", help="A session that a room is offered for.", show_default=False),
]
SiteOption = Annotated[str | None, typer.Option("--site", metavar="ID", help="A site.", show_default=False)]
DateOption = Annotated[
    str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="A day of the month.", show_default=False)
]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="YYYY-MM-DD", help="The day it is. Left out: the day of the data.", show_default=False
    ),
]
TimeLimit = Annotated[
    float,
    typer.Option(metavar="SECONDS", min=0.1, help="Stop after so many seconds; what was not settled is marked so."),
]
Gap = Annotated[
    float, typer.Option(metavar="SHARE", min=0, max=1, help="Good enough: 0.01 is at most 1% from the best.")
]
Workers = Annotated[int | None, typer.Option(metavar="NUMBER", min=1, help="Processors to use. Left out: all of them.")]
Seed = Annotated[int, typer.Option(metavar="NUMBER", min=0, help="Another number searches in another order.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", metavar="", help="Say only what came out and where it is.")]
DatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--database", metavar="URL", help="A PostgreSQL database: postgresql://... Left out: a file on this machine."
    ),
]
DataOption = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", help="Where the service keeps its files.", show_default=False),
]
