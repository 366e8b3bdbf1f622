"""Who waits longer, as a person reads it: a table of groups, what a shorter wait costs, and who pays for it."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table

from roster.calendar import long_month
from roster.planning.fairness.record import FairnessReport, Price
from roster.planning.fairness.words import KINDS, OF_ALL, OF_SEEN, PAID, cells, notes, paid_cells, who_pays
from roster.show.layout import bold, bullets, plain, spaced, table, under, voluntary

_NAME = 26


def fairness_text(report: FairnessReport) -> RenderableType:
    """Every group with its waits; the price where there is one; what the words mean."""
    parts: list[RenderableType] = [
        under(f"{report.instance}, {long_month(report.month)}: who waits how long", [plain(report.says)]),
        *_groups(report),
    ]
    if report.price is not None:
        parts += _price(report.price)
    return spaced([*parts, bullets(notes(report)), voluntary()])


def _groups(report: FairnessReport) -> Iterator[Table]:
    """The same groups twice, so that it fits a narrow terminal: of the people seen, and of all."""
    seen = _empty("Waits in days, of the people seen", OF_SEEN)
    everybody = _empty("Waits in days, of all people", OF_ALL)
    kind = "everybody"
    for group in report.groups:
        if group.kind != kind:
            kind = group.kind
            seen.add_row(bold(KINDS[kind]))
            everybody.add_row(bold(KINDS[kind]))
        numbers = cells(group)
        seen.add_row(plain(group.says), *numbers[: len(OF_SEEN)])
        everybody.add_row(plain(group.says), *numbers[len(OF_SEEN) :])
    yield seen
    yield everybody


def _price(price: Price) -> Iterator[RenderableType]:
    yield under("What a shorter wait costs", [plain(price.says)])
    if price.payers:
        made = _empty("What changes; days with those not seen counted", PAID)
        for payer in price.payers:
            if not payer.held_back:
                made.add_row(plain(payer.says), *paid_cells(payer))
        yield made
    said = list(who_pays(price))
    if said:
        yield under("Who pays", [bullets(said)])


def _empty(heading: str, numbers: Sequence[str]) -> Table:
    made = table(heading, ("", *numbers), right=numbers)
    made.collapse_padding = True
    made.columns[0].min_width = _NAME
    return made
