"""A repair in sentences, for the terminal and the page."""

from collections.abc import Iterator

from roster.answers_of_repair import RepairReport
from roster.changes import Message
from roster.repair.record import Fewest
from roster.wording import how_many

NOT_LATE = "Not everybody could keep the notice: some are moved although their own session is still there."
A_COMPROMISE = "This is a compromise. Hand on its messages only once somebody has decided that it is to be so."


def lines(report: RepairReport) -> list[str]:
    """What the repair is, in sentences."""
    said = [report.says]
    if report.changes is not None:
        said.append(_made(report.changes))
    if report.fewest is not None and report.changes != 0:
        said.append(_fewest(report.fewest))
    if report.changes is not None and not report.late_notice:
        said.append(NOT_LATE)
    if report.roster is not None and report.roster.compromise and report.messages:
        said.append(A_COMPROMISE)
    return said


def _made(changes: int) -> str:
    if changes == 0:
        return "It makes no changes: what is left of what was published stays as it is."
    return f"It makes {how_many(changes, 'change')} to visits and appointments."


def _fewest(fewest: Fewest) -> str:
    if fewest.changes == 0:
        return "With no change at all every rule would be kept too; the changes made are those that pay."
    others = "With fewer there is no roster." if fewest.proved else "Fewer were not found to be enough."
    return f"The fewest changes that are enough: {fewest.changes:,}. {others}"


def how_to_go_on(edits: str, as_of: str | None, *, withdrawn: bool) -> Iterator[str]:
    """What has to be done before ``roster explain`` can look at the same data; ``edits`` names the file of edits."""
    if withdrawn:
        yield f"Before that, take the lines with remove_referral out of {edits}: they are done."
    if as_of is not None:
        yield f"Before that, write as_of = {as_of} in settings.toml: roster explain goes by the day that stands there."


def addressee(message: Message) -> str:
    """Whom the message is for, by id."""
    if message.to == "person":
        return f"referral {message.referral_id} of practice {message.practice_id}"
    return f"{message.to} {message.coach_id or message.practice_id}"
