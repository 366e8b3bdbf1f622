"""A repair in sentences, for the terminal and the page."""

from roster.answers_of_repair import RepairReport
from roster.calendar import long_date
from roster.changes import Message
from roster.wording import how_many

NOT_LATE = "Not everybody could keep the notice: some are moved although their own session is still there."


def lines(report: RepairReport) -> list[str]:
    """What the repair is, in sentences."""
    said = [f"Repair as of {long_date(report.as_of)}. {report.says}"]
    if report.changes is not None:
        said.append(f"It makes {how_many(report.changes, 'change')} to visits and appointments.")
    if report.fewest is not None:
        fewest = "With fewer there is no roster." if report.fewest.proved else "Fewer were not found to be enough."
        said.append(f"The fewest changes that are enough: {report.fewest.changes:,}. {fewest}")
    if report.changes is not None and not report.late_notice:
        said.append(NOT_LATE)
    return said


def addressee(message: Message) -> str:
    """Whom the message is for, by id."""
    if message.to == "person":
        return f"referral {message.referral_id} of practice {message.practice_id}"
    return f"{message.to} {message.coach_id or message.practice_id}"
