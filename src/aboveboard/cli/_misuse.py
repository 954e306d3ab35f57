"""The misuse ladder under a charter: its rule, whom it tells, and what people say against it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aboveboard.cases import CaseError, CaseStatus, UnknownCaseError
from aboveboard.charter import Charter
from aboveboard.evidence.records import MisuseStep
from aboveboard.misuse import KEY, Duties, MisuseRule, Rung, Standing, person_of

if TYPE_CHECKING:
    from aboveboard.cases import Cases
    from aboveboard.cli._house import House
    from aboveboard.cli._release import Release

CATEGORY = "misuse"
_GRANTED = "granted"


def rule_of(charter: Charter) -> MisuseRule:
    """What a charter says of the ladder."""
    plan = charter.misuse
    return MisuseRule(
        most=Rung[plan.ladder.upper()],
        false_alarms=plan.false_alarms,
        decay=plan.decay,
        slow=plan.slow,
        keys=plan.keys,
        people=plan.people,
        volume=plan.ordinary.volume,
        duplicates=plan.ordinary.duplicates,
        blocks=plan.ordinary.blocks,
    )


def duties_of(release: "Release") -> Duties:
    """Steps go on the ledger; of each one up a person is told, by an incident and whatever webhooks say."""

    def tell(step: MisuseStep) -> None:
        if step.step == "up":
            release.open_incident(category=CATEGORY, decision=step.id, data_subject=step.data_subject)

    house = release.house
    return Duties(lambda step: house.record(step, {}), tell, lambda case: granted(house.cases, case))


def granted(cases: "Cases", case_id: str) -> str:
    """The review that granted an appeal; empty while there is none."""
    try:
        case = cases.get(case_id)
    except UnknownCaseError:
        return ""
    return case.review if case.outcome == _GRANTED else ""


@dataclass(frozen=True, slots=True)
class AppealDesk:
    """Takes what is said against a standing."""

    house: "House"

    def __call__(self, standing: Standing, words: str) -> str:
        """The reference of a new case, once it is on record; empty while another appeal waits."""
        cases, known = self.house.cases, self.house.misuse.of(standing.holder)  # as any gateway left it
        if known.appeal and self._waits(known.appeal):
            return ""
        holder = standing.holder
        person = person_of(holder)
        actor = "person" if person else holder.removeprefix(KEY)
        case, appeal = cases.draft_appeal(known.step, CATEGORY, words, actor=actor, data_subject=person)
        self.house.record(appeal, {"words": words.encode()})
        kept = cases.add(case)
        self.house.misuse.appealed(holder, kept.id)
        return kept.reference

    def _waits(self, case_id: str) -> bool:
        try:
            return self.house.cases.get(case_id).status is CaseStatus.OPEN
        except CaseError:
            return False
