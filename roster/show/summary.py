"""The summary of a roster: how good it is, who is seen, how much work it is, and what it costs."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table

from roster.domain import Break, Roster, Unseen, pence
from roster.figures import BandFigures, Figures, figures_of
from roster.instance import Instance
from roster.rule import Preference
from roster.show.layout import bold, bullets, plain, spaced, table, under, voluntary
from roster.show.words import days, duration, few, heading, short_duration
from roster.wording import how_good, how_many, pounds

_FIRST_BREAKS = 30
_FIRST_REASONS = 12
_FIRST_IDS = 8


def summary(
    instance: Instance, roster: Roster, preferences: Sequence[Preference], says: str | None = None
) -> RenderableType:
    """Everything about a roster on one page, without its visits; ``says`` is what came of the search."""
    figures = figures_of(instance, roster)
    parts = [title(instance, roster, says)]
    if roster.breaks:
        parts.append(breaks(roster.breaks, _FIRST_BREAKS))
    parts += [_people(figures), _work(figures), _coaches(figures), _costs(roster, preferences)]
    if roster.unseen:
        parts.append(unseen(roster.unseen, _FIRST_REASONS, _FIRST_IDS))
    return spaced([*parts, voluntary()])


def title(instance: Instance, roster: Roster, says: str | None = None) -> RenderableType:
    """Region and month, and how good the roster is, or what else is to be said; a compromise is called one."""
    line = heading(instance) + (": a compromise" if roster.compromise else "")
    return Group(bold(line), plain(says or how_good(roster)))


def no_roster(instance: Instance, says: str) -> RenderableType:
    """Region and month, and why there is no roster to show."""
    return Group(bold(heading(instance)), plain(says))


def breaks(found: Sequence[Break], most: int | None = None) -> RenderableType:
    """What a compromise breaks, at most ``most`` of it."""
    shown = [entry.says for entry in found[:most]]
    if len(shown) < len(found):
        shown.append(f"and {len(found) - len(shown):,} more; roster check lists them all")
    return under(f"What this compromise breaks ({len(found):,})", [bullets(shown)])


def _people(figures: Figures) -> RenderableType:
    numbers = ("People", "Seen", "Not seen", "Seen by date", "Longest wait", "Median wait")
    made = table("People", ("Band", *numbers), right=numbers)
    for band in figures.bands[:-1]:
        made.add_row(band.band, *_people_row(band))
    made.add_section()
    made.add_row("All", *_people_row(figures.everybody))
    gone = figures.everybody.date_gone
    if not gone:
        return made
    says = f"Of the dates not kept, {gone:,} had passed already or come before anybody could be told."
    return Group(made, plain(says))


def _people_row(band: BandFigures) -> tuple[str, ...]:
    by_date = f"{band.seen_by_date:,} of {band.with_date:,}" if band.with_date else "-"
    waits = days(band.longest_wait_days), days(band.median_wait_days)
    return f"{band.people:,}", f"{band.seen:,}", f"{band.unseen:,}", by_date, *waits


def _work(figures: Figures) -> RenderableType:
    money = f"{pounds(pence(figures.hire_pounds))} for rooms and {pounds(pence(figures.fees_pounds))} for interpreters"
    if figures.budget_pounds is not None:
        money += f", of a budget of {pounds(pence(figures.budget_pounds))}"
    made = Table.grid(padding=(0, 2))
    made.add_column(no_wrap=True)
    made.add_column(overflow="fold")
    offered = how_many(figures.sessions_offered, "session")
    made.add_row("Visits", f"{figures.visits:,}, of {offered} offered")
    made.add_row("Appointments", f"{figures.appointments:,}, {duration(figures.minutes_with_people)} in all")
    made.add_row("On the road", duration(figures.road_minutes))
    made.add_row("Hire and fees", money)
    return under("Work", [made])


def _coaches(figures: Figures) -> Table:
    numbers = ("Days", "Visits", "Appointments", "With people", "On the road")
    made = table("Coaches", ("Coach", *numbers), right=numbers)
    for coach in figures.coaches:
        times = short_duration(coach.minutes_with_people), short_duration(coach.road_minutes)
        made.add_row(plain(coach.coach_id), f"{coach.days}", f"{coach.visits}", f"{coach.appointments:,}", *times)
    return made


def _costs(roster: Roster, preferences: Sequence[Preference]) -> Table:
    made = table("What it costs, in minutes of coach time", ("Price", "Minutes", "So that"), right=("Minutes",))
    for preference in preferences:
        made.add_row(preference.name, f"{roster.costs.get(preference.name, 0):,}", preference.sentence)
    made.add_section()
    made.add_row("Total", f"{roster.objective:,}", _of_the_total(roster))
    return made


def _of_the_total(roster: Roster) -> str:
    if roster.outcome == "optimal":
        return "No roster has a lower total."
    return "" if roster.compromise else f"No roster has a total below {roster.bound:,}."


def unseen(entries: Sequence[Unseen], most_reasons: int | None = None, most_ids: int | None = None) -> RenderableType:
    """The people not seen, by reason, the most common first; at most so many reasons, and ids in each."""
    groups = list(grouped(entries))
    made = table("", ("People", "Reason, and whom it is about"), right=("People",))
    for reason, people, ids in groups[:most_reasons]:
        made.add_row(f"{people:,}", Group(plain(reason), plain(few(ids, most_ids))))
    parts: list[RenderableType] = [made]
    if most_reasons is not None and len(groups) > most_reasons:
        left = sum(people for _, people, _ in groups[most_reasons:])
        parts.append(plain(f"{how_many(left, 'more person', 'more people')}: roster show lists everybody."))
    return under(f"People not seen ({sum(entry.count for entry in entries):,})", parts)


def grouped(entries: Sequence[Unseen]) -> Iterator[tuple[str, int, list[str]]]:
    """Each reason with its number of people and their referrals, the most common reason first."""
    by_reason: dict[str, list[Unseen]] = defaultdict(list)
    for entry in entries:
        by_reason[entry.reason].append(entry)
    people = {reason: sum(entry.count for entry in rows) for reason, rows in by_reason.items()}
    for reason in sorted(by_reason, key=lambda reason: (-people[reason], reason)):
        yield reason, people[reason], [_who(entry) for entry in by_reason[reason]]


def _who(entry: Unseen) -> str:
    return entry.referral_id if entry.count == 1 else f"{entry.referral_id} ({entry.count:,} people)"
