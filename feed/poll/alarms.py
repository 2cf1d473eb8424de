"""Which sources raise an alarm, in ops.db: one row from when it was raised to when it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlite_utils import Database
from sqlite_utils.db import Table

from feed.poll.health import ALARMS, Health

KEPT = timedelta(days=3)
COLUMNS = {"source": str, "state": str, "began": str, "why": str, "ended": str}


@dataclass(frozen=True, slots=True)
class Alarm:
    """An alarm about a source: what was wrong, since when, and when it ended. Times are ISO, UTC."""

    source: str
    state: str
    why: str
    began: str
    ended: str | None = None

    def told(self) -> str:
        """What the operator is told when it begins, or, once it has ended, then."""
        if self.ended:
            return f"{self.source} is well again ({self.state} since {self.began})"
        return f"{self.source} is {self.state}: {self.why} ({self.began})"


class Alarms:
    """The table `alarms` of ops.db, for the thread that has the Memory."""

    def __init__(self, db: Database) -> None:
        self._table: Table = db.table("alarms").create(COLUMNS, pk=("source", "began"), if_not_exists=True)

    def note(self, health: Health, now: datetime) -> Alarm | None:
        """Raise or end the alarm of a source. Gives what changed: nothing while it stays as it is."""
        held = next(iter(self._table.rows_where("source = ? and ended is null", [health.name])), None)
        raised = health.state in ALARMS
        if held is None and raised:
            alarm = Alarm(health.name, health.state.value, health.why, _written(now))
            self._table.upsert(
                {"source": alarm.source, "state": alarm.state, "began": alarm.began, "why": alarm.why, "ended": None},
                pk=("source", "began"),
            )
            return alarm
        if held is not None and not raised:
            self._table.update((held["source"], held["began"]), {"ended": _written(now)})
            return Alarm(held["source"], held["state"], held["why"], held["began"], _written(now))
        return None

    def lately(self, now: datetime) -> list[Alarm]:
        """The alarms that stand, and those that ended within three days, in the order in which they began.

        Each that has ended is there twice: as it was raised, and as it ended.
        """
        self._table.delete_where("ended < ?", [_written(now - KEPT)])
        found = []
        for row in self._table.rows_where(order_by="began, source"):
            raised = Alarm(row["source"], row["state"], row["why"], row["began"])
            found += [raised, Alarm(**row)] if row["ended"] else [raised]
        return found


def _written(time: datetime) -> str:
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
