"""What is said of a repair beside its roster: what changes buy."""

from roster.domain import Record


class Fewest(Record):
    """The fewest changes after which a roster exists; ``proved`` where there is none with fewer."""

    changes: int
    proved: bool


class Buys(Record):
    """The cheapest roster found with at most ``changes`` changes.

    ``cost``: minutes of coach time without the price of change, ``total`` with that of the changes made; ``buys``: by
    how much the cost is less than in the row before (None in the first); ``unseen``: people without an appointment.
    ``proved``: no roster with so few changes costs less. ``best``: this is the repair that was chosen.
    """

    changes: int
    cost: int
    total: int
    buys: int | None
    unseen: int
    proved: bool
    best: bool = False
