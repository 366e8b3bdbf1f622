"""What the commands of an example wrote, as its answer needs it."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from roster.domain import Roster
from roster.files import read
from roster.instance import Instance

NOT_PROVED = " Not every roster behind this is proved best."


class Planned:
    """What ``roster plan`` wrote to a folder."""

    def __init__(self, out: Path) -> None:
        self._report: Any = json.loads((out / "plan.json").read_text(encoding="utf-8"))
        self.base: Any = self._report["base"]
        self._columns: dict[str, Any] = {column["name"]: column for column in self._report["scenarios"]}

    def column(self, name: str) -> Any:
        """A scenario. Raises KeyError where there is none of this name."""
        return self._columns[name]

    def seen(self, name: str | None = None) -> int:
        """How many people are seen in a scenario, or in the base."""
        return int(self._of(name)["figures"]["bands"][-1]["seen"])

    def people(self) -> int:
        """How many people there are."""
        return int(self.base["figures"]["bands"][-1]["people"])

    def total(self, name: str | None = None) -> int:
        """The total, in minutes of coach time."""
        return int(self._of(name)["figures"]["total"])

    def cheapest(self) -> str:
        """The scenario that keeps every rule at the lowest total."""
        kept = [name for name, column in self._columns.items() if column["outcome"] in ("optimal", "feasible")]
        return min(kept, key=self.total)

    def fees(self, name: str) -> float:
        """What interpreters cost, in pounds."""
        return float(self._of(name)["figures"]["fees_pounds"])

    @property
    def caution(self) -> str:
        """Empty where every roster is proved best, or a compromise that nothing better is claimed of."""
        gaps = [column["figures"]["gap"] for column in (self.base, *self._columns.values())]
        return NOT_PROVED if any(gaps) else ""

    def _of(self, name: str | None) -> Any:
        return self.base if name is None else self._columns[name]


def roster_of(out: Path, name: str = "base") -> Roster:
    """The roster that ``roster plan`` made of a scenario, or of the base."""
    return Roster.model_validate_json((out / "rosters" / name / "roster.json").read_bytes())


def days_waited(instance: Instance, roster: Roster, but: str) -> int:
    """The days that all people but those of one referral wait together; all of them have to be seen."""
    people = instance.people
    return sum(
        (instance.session[a.session_id].date - people[a.referral_id].referred_on).days
        for a in roster.appointments
        if a.referral_id != but
    )


def day_of(instance: Instance, roster: Roster, referral_id: str) -> date:
    """The day on which a person is seen. Raises StopIteration where they are not."""
    return next(instance.session[a.session_id].date for a in roster.appointments if a.referral_id == referral_id)


def data_at(path: Path) -> Instance:
    """The data in a folder."""
    return read(path).valid()
