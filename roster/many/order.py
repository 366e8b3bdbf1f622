"""What is sent to where a folder is solved: the tables, the rules, and how hard to try, in few bytes."""

import pickle
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from roster.instance import Instance
from roster.rule import Preference, Rule
from roster.solve import Options


@dataclass(frozen=True)
class Broke:
    """An answer where the program itself broke off; only the kind of the error is told: its text may repeat data."""

    kind: str


@dataclass(frozen=True)
class Order:
    """One folder to solve, under the name that its results have."""

    name: str
    instance: Instance
    rules: Sequence[Rule]
    preferences: Sequence[Preference]
    options: Options

    def packed(self) -> bytes:
        """The order as bytes, without what can be worked out again. Rules travel by name: both sides have the code."""
        plain = Order(self.name, self.instance.replaced(), self.rules, self.preferences, self.options)
        return zlib.compress(pickle.dumps(plain))

    @staticmethod
    def unpacked(packed: bytes) -> "Order":
        """The order that was packed. Only for bytes of one's own making: it runs what they say."""
        order = pickle.loads(zlib.decompress(packed))
        assert isinstance(order, Order)
        return order
