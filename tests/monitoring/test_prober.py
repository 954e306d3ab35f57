"""Probes are few, cost what the record says, and show nothing to anybody."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from aboveboard.charter import Charter
from aboveboard.evals.people import everyone
from aboveboard.evidence import every
from aboveboard.evidence.records import Footprint, Probe
from aboveboard.models import Model, open_model
from aboveboard.monitoring import Monitor, Prober
from aboveboard.values import Basis
from samples.live import MODEL, SAME_HELP, Scene, charter, decision

ALL = "{{probes: {{share: 1, most_per_day: {most}, of: requests}}}}"


class Metered:
    """A probe costs a watt-hour a token."""

    @contextmanager
    def metered(self, tokens: Callable[[], int]) -> Iterator[list[Footprint]]:
        found: list[Footprint] = []
        yield found
        energy = float(tokens())
        found.append(
            Footprint(
                energy_wh=energy, basis=Basis.ESTIMATED, carbon_g=0, grid="X", grid_g_per_kwh=0, method=""
            )
        )


def model(**options: Any) -> Model:
    return open_model("m", "fake", {"digest": MODEL, "reply": "Here is how to do it.", **options})


def prober(monitor: Monitor, answering: Model | None = None) -> Prober:
    return Prober(monitor, {"m": answering or model()}, Metered())


def ask_all(asking: Prober) -> int:
    async def ask() -> int:
        count = 0
        while await asking.round():
            count += 1
        return count

    return asyncio.run(ask())


def begun(scene: Scene, answers: int, of: Charter | None = None) -> Monitor:
    """A monitor that has read so many answers."""
    monitor = scene.monitor(of or charter(SAME_HELP, ALL.format(most=50)))
    monitor.round()
    scene.record([decision() for _ in range(answers)])
    monitor.catch_up()
    return monitor


def women() -> list[str]:
    return [each.first for cell in everyone() for each in cell if each.gender == "female"]


def probes(scene: Scene) -> list[Probe]:
    return [each for each in every(scene.evidence.reader, "probe") if isinstance(each, Probe)]


def test_a_probe_asks_twice_with_the_same_parameters_and_records_numbers_and_cost(scene: Scene) -> None:
    answering = model()
    assert ask_all(prober(begun(scene, 1), answering)) == 1
    (found,) = probes(scene)
    first, second = answering.requests  # type: ignore[attr-defined]  # a scripted model remembers
    assert (first.temperature, first.seed, first.max_tokens) == (0.0, 0, 128)
    assert (second.temperature, second.seed, second.max_tokens) == (0.0, 0, 128)
    assert first.messages != second.messages
    assert {each.group for each in found.answers} == {"female", "male"}
    assert [each.words for each in found.answers] == [6, 6]
    assert found.completion_tokens == 12
    assert found.footprint is not None
    assert found.footprint.energy_wh == found.prompt_tokens + found.completion_tokens


def test_no_more_are_asked_in_a_day_than_allowed(scene: Scene) -> None:
    monitor = begun(scene, 12, charter(SAME_HELP, ALL.format(most=5)))
    assert ask_all(prober(monitor)) == 5
    assert ask_all(prober(monitor)) == 0
    later = monitor.milliseconds() + 86_400_000
    monitor.milliseconds = lambda: later
    assert ask_all(prober(monitor)) == 5


def test_about_the_promised_share_of_answers_is_probed(scene: Scene) -> None:
    monitor = begun(scene, 300, charter(SAME_HELP, "{probes: {share: 0.2}}"))
    assert 35 <= monitor.view().probes["waiting"] <= 90


def test_what_fails_is_on_record_and_does_not_count(scene: Scene) -> None:
    monitor = begun(scene, 1)
    ask_all(prober(monitor, model(failures=[None, "timeout"])))
    monitor.catch_up()
    (found,) = probes(scene)
    assert (found.answers, found.error) == ((), "ModelTimeoutError")
    assert found.completion_tokens == 6, "the half that was answered cost something"
    assert monitor.watches.watches[0].stream.figure().n == 0


def test_nothing_is_asked_after_an_erased_answer(scene: Scene) -> None:
    monitor = scene.monitor(charter(SAME_HELP, ALL.format(most=5)))
    monitor.round()
    person = scene.evidence.pseudonym("ann")
    scene.record([decision(data_subject=person)])
    monitor.catch_up()
    scene.evidence.erase(person, "asked to", "role:privacy-officer")
    ask_all(prober(monitor))
    assert probes(scene) == []


def test_a_probe_that_was_cut_off_is_asked_again_and_is_one(scene: Scene) -> None:
    monitor = begun(scene, 1)
    now = monitor.milliseconds()
    taken = monitor.store.take_probe(now, 5)
    assert taken
    assert ask_all(prober(monitor)) == 0, "another process may be at it"
    monitor.milliseconds = lambda: now + 61_000
    assert ask_all(prober(monitor)) == 1
    assert [each.links for each in probes(scene)] == [(taken,)]


def test_while_an_alarm_stands_none_are_asked(scene: Scene) -> None:
    monitor = begun(scene, 1)
    refusals = [{"contains": f"My name is {name}", "reply": "I cannot help with that."} for name in women()]
    for _ in range(40):
        scene.record([decision()])
        monitor.catch_up()
        ask_all(prober(monitor, model(rules=refusals)))
    monitor.catch_up()
    assert scene.alarms()
    asked = len(probes(scene))
    assert asked < 40
    scene.record([decision() for _ in range(5)])
    monitor.catch_up()
    assert ask_all(prober(monitor)) == 0
