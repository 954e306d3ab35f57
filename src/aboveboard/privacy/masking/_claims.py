"""What may be said of masked text: pseudonymised, and no more, unless a recipient is named and risk
measured.

GDPR Art. 4(5): data that further information (a table, a key) leads back to a person are pseudonymised, and
personal. Recital 26: anonymous is what nobody reasonably likely to try can lead back; which depends on who
has the data and what else they have (CJEU, C-413/23 P, EDPS v SRB). That a finder finds much says nothing
about it: what it missed still stands there.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aboveboard.privacy.masking._errors import ClaimError
from aboveboard.privacy.operators import Bond, Policy

if TYPE_CHECKING:
    from aboveboard.privacy.risk import PolicyEffect

HIGHEST_RISK = 0.09
"""One in eleven: the most that EMA policy 0070 and Health Canada accept for published clinical data."""


@dataclass(frozen=True, slots=True)
class Pseudonymised:
    """The claim of everything that is masked; `because` says what still leads back, or may."""

    because: tuple[str, ...]

    def __str__(self) -> str:
        return "pseudonymised"


def claim_of(policy: Policy) -> Pseudonymised:
    """The claim of text masked by a policy: always pseudonymised."""
    bonds = {operator.bond for operator in policy.operators()} - {Bond.NONE}
    reasons = [bond.value for bond in Bond if bond in bonds]
    return Pseudonymised((*reasons, "what the finder missed stands there still"))


@dataclass(frozen=True, slots=True)
class Anonymised:
    """Rows said to be anonymous for one recipient, under assumptions that are named.

    Only for structured columns whose risk was measured behind the policy (`effect`, of `assess_policy`);
    there is no such claim for running text, whose risk nobody can measure. Raises ClaimError when no
    recipient or assumption is named, when a column is neither typed nor sensitive, when the policy is
    reversible or linkable, when a sensitive or kept column names people by itself or is told by the class
    for more than `highest_risk` of the rows, or when the highest risk measured is above `highest_risk`.
    """

    recipient: str
    assumptions: tuple[str, ...]
    effect: "PolicyEffect" = field(repr=False)
    highest_risk: float = HIGHEST_RISK

    def __post_init__(self) -> None:
        if not self.recipient.strip():
            raise ClaimError(
                "anonymised for whom?", cure="name the recipient: it depends on what else they have"
            )
        if (
            not self.assumptions
            or isinstance(self.assumptions, str)
            or not all(map(str.strip, self.assumptions))
        ):
            raise ClaimError(
                "anonymised under which assumptions?",
                cure="name them, for example 'has no other data on these people', 'is bound not to try'",
            )
        if not 0 < self.highest_risk <= 0.5:
            raise ClaimError(
                "the highest risk accepted is above 0 and at most 0.5", cure=f"usual: {HIGHEST_RISK}"
            )
        _refuse(self.effect, self.highest_risk)

    def __str__(self) -> str:
        return f"anonymised for recipient {self.recipient} under assumptions {'; '.join(self.assumptions)}"


def _refuse(effect: "PolicyEffect", highest_risk: float) -> None:
    from aboveboard.privacy.risk import PolicyEffect

    if not isinstance(effect, PolicyEffect):
        raise ClaimError("no risk was measured", cure="measure it behind the policy: `assess_policy`")
    if not effect.policy.is_irreversible:
        raise ClaimError(
            "this policy leaves something that leads back, so what it makes is pseudonymised",
            cure="redact or generalise every type (policy `share`)",
        )
    if effect.unmeasured:
        raise ClaimError(
            f"nothing is said of {', '.join(effect.unmeasured)[:200]}",
            cure="give each column a type, name it sensitive, or leave it out",
        )
    if effect.revealing:
        raise ClaimError(
            f"what is left still leads to people: {'; '.join(effect.revealing)[:300]}",
            cure="give the column its type, so that the policy replaces it, or leave it out",
        )
    told = [item for item in effect.after.sensitive if item.told > highest_risk]
    if told:
        raise ClaimError(
            f"{told[0].column[:80]} is told by the class for {told[0].told:.1%} of the rows",
            cure="generalise more, so that every class has several values, or leave the column out",
        )
    if effect.after.highest_risk > highest_risk:
        raise ClaimError(
            f"the highest risk measured is {effect.after.highest_risk:.3f}, above {highest_risk}",
            cure="generalise more (the report says which column) or remove the rows of small classes",
        )
