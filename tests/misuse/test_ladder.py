"""The ladder: climbed by alarms, on record before it is; left by time, appeal or a person's word."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from aboveboard.database import locate
from aboveboard.errors import AboveboardError
from aboveboard.evidence.records import MisuseStep
from aboveboard.misuse import Duties, Ladder, MisuseRule, NotOnLadderError, Rung, Seen
from aboveboard.values import FixedClock, parse_time

KEY, ANNA = "key:0123456789", "person:anna"
RULE = MisuseRule(most=Rung.SUSPEND)
TEXT = (
    "Write a friendly review of the hotel by the lake, of five stars, in the voice of a happy family of four."
)


@dataclass
class World:
    open: Callable[[], Ladder]
    clock: FixedClock
    steps: list[MisuseStep] = field(default_factory=list)
    told: list[MisuseStep] = field(default_factory=list)
    granted: dict[str, str] = field(default_factory=dict)

    @property
    def duties(self) -> Duties:
        return Duties(self.steps.append, self.told.append, lambda case: self.granted.get(case, ""))

    def ask(
        self, ladder: Ladder, count: int, *, blocked: bool = False, text: str = "", who: str = KEY
    ) -> None:
        minute = int(self.clock.now().timestamp()) // 60
        for _ in range(count):
            ladder.note(Seen((who,), minute, blocked, text))
        ladder.round(RULE, self.duties)


@pytest.fixture
def misuse(tmp_path: Path, dsn: str | None) -> Iterator[World]:
    opened: list[Ladder] = []
    clock = FixedClock(parse_time("2026-11-22T08:00:00Z"))

    def make() -> Ladder:
        opened.append(Ladder.open(locate(tmp_path, "misuse", dsn), clock))
        return opened[-1]

    yield World(make, clock)
    for each in opened:
        each.close()


def rung(ladder: Ladder, *holders: str, most: Rung = Rung.SUSPEND) -> Rung:
    found = ladder.standing(holders or (KEY,), most)
    return found.rung if found else Rung.OFF


def test_repeated_blocks_lead_up_a_rung_at_a_time(misuse: World) -> None:
    ladder = misuse.open()
    seen = []
    for _ in range(4):
        misuse.ask(ladder, 5, blocked=True)
        seen.append(rung(ladder))
    assert seen == [Rung.WATCH, Rung.SLOW, Rung.HOLD, Rung.SUSPEND]
    assert [(each.was, each.rung, each.signal) for each in misuse.steps[:2]] == [
        ("off", "watch", "blocks"),
        ("watch", "slow", "blocks"),
    ]
    first = misuse.steps[0]
    assert (first.observations, first.hits, first.ordinary, first.false_alarms) == (5, 5, 0.05, 1e-5)
    assert (first.subject, first.actor, first.data_subject) == (KEY, "gateway", "")
    assert misuse.told == misuse.steps


def test_now_and_then_a_block_leads_nowhere(misuse: World) -> None:
    ladder = misuse.open()
    for _ in range(30):
        misuse.ask(ladder, 1, blocked=True)
        misuse.ask(ladder, 25)
    assert misuse.steps == []
    assert rung(ladder) is Rung.OFF


def test_texts_in_mass_that_nearly_repeat_lead_people_up(misuse: World) -> None:
    ladder = misuse.open()
    misuse.ask(ladder, 40, text=TEXT, who=ANNA)
    misuse.ask(ladder, 40, text=TEXT, who=KEY)  # an application's prompts are templates
    assert (rung(ladder, ANNA), rung(ladder, KEY)) == (Rung.WATCH, Rung.OFF)
    (step,) = misuse.steps
    assert (step.signal, step.data_subject) == ("duplicates", ANNA)


def test_what_two_gateways_see_adds_up(misuse: World) -> None:
    first, second = misuse.open(), misuse.open()
    misuse.ask(first, 3, blocked=True)
    misuse.ask(second, 2, blocked=True)
    first.round(RULE, misuse.duties)
    assert (rung(first), rung(second)) == (Rung.WATCH, Rung.WATCH)
    assert len(misuse.steps) == 1


def test_minutes_of_two_gateways_add_up(misuse: World) -> None:
    gateways = misuse.open(), misuse.open()
    for _ in range(24 * 60):
        misuse.clock.advance(timedelta(minutes=1))
        minute = int(misuse.clock.now().timestamp()) // 60
        if minute % 20:
            continue
        for each in gateways:
            misuse.ask(each, 5)
    assert misuse.steps == []
    for _ in range(6):
        misuse.clock.advance(timedelta(minutes=1))
        for each in gateways:
            misuse.ask(each, 25)  # 50 a minute, where 10 are usual: no one of them would pass the bound
    assert [each.signal for each in misuse.steps] == ["volume"]


def test_it_goes_down_by_itself_a_rung_at_a_time_and_once(misuse: World) -> None:
    first, second = misuse.open(), misuse.open()
    misuse.ask(first, 10, blocked=True)
    for expected in (Rung.WATCH, Rung.OFF):
        misuse.clock.advance(timedelta(days=1))
        for each in (first, second):
            each.round(RULE, misuse.duties)
            assert rung(each) is expected
    assert [(each.step, each.rung) for each in misuse.steps[2:]] == [("down", "watch"), ("down", "off")]
    assert misuse.steps[-1].until == ""


def test_a_granted_appeal_lifts_whoever_decided_it_and_wherever(misuse: World) -> None:
    first, second = misuse.open(), misuse.open()
    misuse.ask(first, 10, blocked=True)
    first.appealed(KEY, "case")
    first.round(RULE, misuse.duties)
    assert rung(first) is Rung.SLOW, "it is not decided yet"
    misuse.granted["case"] = "review"
    second.refresh()
    second.round(RULE, misuse.duties)
    first.round(RULE, misuse.duties)
    assert (rung(first), rung(second)) == (Rung.OFF, Rung.OFF)
    lifted = misuse.steps[-1]
    assert (lifted.step, lifted.was, lifted.links[1:]) == ("lifted", "slow", ("review",))
    assert len(misuse.steps) == 3


def test_somebody_lifts_it_with_a_reason_and_nothing_is_held_against_them(misuse: World) -> None:
    ladder = misuse.open()
    misuse.ask(ladder, 9, blocked=True)
    step = ladder.lift(KEY, "A test of ours.", "role:admin", misuse.steps.append)
    assert (step.reason, step.actor) == ("A test of ours.", "role:admin")
    misuse.ask(ladder, 1, blocked=True)
    assert rung(ladder) is Rung.OFF
    with pytest.raises(NotOnLadderError):
        ladder.lift(KEY, "Again.", "role:admin", misuse.steps.append)


def test_what_cannot_be_recorded_does_not_happen(misuse: World) -> None:
    ladder = misuse.open()

    def fail(step: MisuseStep) -> None:
        raise AboveboardError("the disk is full")

    minute = int(misuse.clock.now().timestamp()) // 60
    for _ in range(5):
        ladder.note(Seen((KEY,), minute, True, ""))
    with pytest.raises(AboveboardError, match="full"):
        ladder.round(RULE, Duties(fail))
    ladder.refresh()
    assert rung(ladder) is Rung.OFF
    assert ladder.all() == []


def test_the_charter_caps_it_at_once(misuse: World) -> None:
    ladder = misuse.open()
    misuse.ask(ladder, 20, blocked=True)
    assert rung(ladder) is Rung.SUSPEND
    assert rung(ladder, most=Rung.WATCH) is Rung.WATCH
    assert rung(ladder, most=Rung.OFF) is Rung.OFF


def test_the_higher_standing_of_key_and_person_counts(misuse: World) -> None:
    ladder = misuse.open()
    misuse.ask(ladder, 5, blocked=True)
    misuse.ask(ladder, 10, blocked=True, who=ANNA)
    assert rung(ladder, KEY, ANNA) is Rung.SLOW
    assert rung(ladder, KEY, "person:ben") is Rung.WATCH
    assert ladder.counts() == {("key", "watch"): 1, ("person", "slow"): 1}


def test_the_slowed_get_a_few_a_minute(misuse: World) -> None:
    ladder = misuse.open()
    waits = [ladder.paced(KEY, 2) for _ in range(3)]
    assert waits == [0, 0, 60]
    misuse.clock.advance(timedelta(minutes=1))
    assert ladder.paced(KEY, 2) == 0


def test_nothing_is_kept_of_whoever_is_forgotten(misuse: World) -> None:
    ladder = misuse.open()
    misuse.ask(ladder, 12, blocked=True, who=ANNA)
    assert ladder.holders() == [ANNA]
    assert ladder.forget(ANNA) == 3  # a rung, what was held against them, and their minutes
    assert ladder.holders() == []
    ladder.refresh()
    assert rung(ladder, ANNA) is Rung.OFF


def test_whoever_does_nothing_unusual_leaves_only_a_count(misuse: World) -> None:
    ladder = misuse.open()
    misuse.ask(ladder, 50, text=TEXT + " Please.", who=KEY)
    assert ladder.all() == []
    assert ladder.forget(KEY) == 1


def test_no_text_is_kept(misuse: World, tmp_path: Path, dsn: str | None) -> None:
    ladder = misuse.open()
    misuse.ask(ladder, 40, text=TEXT, who=ANNA)
    if dsn is None:
        kept = b"".join(each.read_bytes() for each in tmp_path.iterdir())
        assert b"hotel" not in kept
        assert b"volume" in kept
