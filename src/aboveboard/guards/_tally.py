"""What the guards did in one exchange, as evidence: categories and counts, never values."""

from dataclasses import dataclass, field

from aboveboard.evidence.records import GuardOutcome
from aboveboard.guards._trial import Trial
from aboveboard.guards._verdict import Action, Mode


@dataclass(slots=True)
class _Row:
    action: Action = Action.ALLOW
    counts: dict[str, int] = field(default_factory=dict)
    error: str = ""
    milliseconds: float = 0.0


class Tally:
    """One row for each guard and mode, whatever the number of segments and pieces it saw."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, Mode], _Row] = {}
        self.action = Action.ALLOW  # the strongest of all

    def add(self, guard: str, mode: Mode, trial: Trial) -> None:
        """Counts one call."""
        row = self._rows.get((guard, mode))
        if row is None:
            row = self._rows[guard, mode] = _Row()
        row.milliseconds += trial.milliseconds
        row.error = row.error or trial.error
        verdict = trial.verdict
        if verdict.action > row.action:
            row.action = verdict.action
            self.action = max(self.action, verdict.action)
        if verdict.findings:
            for category, count in verdict.counts.items():
                row.counts[category] = row.counts.get(category, 0) + count

    def outcomes(self) -> list[GuardOutcome]:
        """The rows as they go into the record."""
        return [_outcome(guard, mode, row) for (guard, mode), row in self._rows.items()]


_LABELS = {action: action.label for action in Action}


def _outcome(guard: str, mode: Mode, row: _Row) -> GuardOutcome:
    return GuardOutcome(
        guard=guard,
        mode=mode,
        action=_LABELS[row.action],
        counts=dict(row.counts),
        error=row.error,
        milliseconds=round(row.milliseconds, 3),
    )
