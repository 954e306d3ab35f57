"""What a policy does to the risk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aboveboard.privacy.operators import Key, Policy, Session
from aboveboard.privacy.risk._assessing import assess_risk
from aboveboard.privacy.risk._report import RiskReport
from aboveboard.privacy.risk._revealing import revealing


@dataclass(frozen=True, slots=True)
class PolicyEffect:
    """The risk before and after a policy, by the same columns. `unmeasured` are the columns that nothing was
    said of, neither a type nor that they are sensitive: they pass unchanged. `revealing` says which columns
    still name or reach people by themselves, and why.
    """

    policy: Policy
    before: RiskReport
    after: RiskReport
    unmeasured: tuple[str, ...] = ()
    revealing: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """Both in short."""
        return [
            f"k: {self.before.k} before, {self.after.k} after",
            f"unique rows: {self.before.unique_share:.1%} before, {self.after.unique_share:.1%} after",
            f"highest risk: {self.before.highest_risk:.3f} before, {self.after.highest_risk:.3f} after",
        ]


def apply_policy(
    columns: Mapping[str, Sequence[object]], types: Mapping[str, str], policy: Policy, key: Key | None = None
) -> dict[str, list[object]]:
    """The columns with each value of those in `types` (column: type of data) replaced; equal values once."""
    session = Session(key, policy.scope, policy.locale)
    return {
        name: _applied(values, types[name], policy, session) if name in types else list(values)
        for name, values in columns.items()
    }


def _applied(values: Sequence[object], type_: str, policy: Policy, session: Session) -> list[object]:
    operator = policy.operator_for(type_)
    known: dict[object, object] = {None: None}
    for value in values:
        if value not in known:
            known[value] = operator.replace(str(value), type_, session)
    return [known[value] for value in values]


def assess_policy(
    columns: Mapping[str, Sequence[object]],
    types: Mapping[str, str],
    policy: Policy,
    *,
    sensitive: Sequence[str] = (),
    key: Key | None = None,
) -> PolicyEffect:
    """The risk of `columns` by all columns in `types` before and after. A direct identifier counts too:
    redacted, it is the same in every row. Raises RiskError, PrivacyKeyError.
    """
    quasi = [name for name in columns if name in types]
    before = assess_risk(columns, quasi, sensitive)
    changed = apply_policy(columns, types, policy, key)
    after = assess_risk(changed, quasi, sensitive)
    unmeasured = tuple(name for name in columns if name not in types and name not in sensitive)
    return PolicyEffect(policy, before, after, unmeasured, revealing(changed, types, policy, sensitive))
