"""The circuits of several models, by name."""

import time
from collections.abc import Callable, Iterable, Mapping

from aboveboard.models._circuit import Circuit, CircuitRule, CircuitState


class Circuits:
    """A circuit for each model, made when it is first asked. Used within one event loop."""

    def __init__(self, rule: CircuitRule | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._rule = rule or CircuitRule()
        self._clock = clock
        self._circuits: dict[str, Circuit] = {}

    def of(self, model: str) -> Circuit:
        """A model's circuit."""
        found = self._circuits.get(model)
        if found is None:
            found = self._circuits.setdefault(model, Circuit(self._rule, self._clock))
        return found

    def followed(self, rule: CircuitRule, models: Iterable[str]) -> "Circuits":
        """Circuits for what comes after this, by a rule. Those of `models` are the same objects, however they
        stand, as long as the rule is the same.

        May be called from any thread: a circuit that both make at once is made once.
        """
        after = Circuits(rule, self._clock)
        if rule == self._rule:
            after._circuits.update({model: self.of(model) for model in models})
        return after

    def states(self) -> Mapping[str, CircuitState]:
        """How each stands of the models that were asked so far. From any thread."""
        return {model: circuit.state for model, circuit in list(self._circuits.items())}

    def wait(self, models: Iterable[str]) -> float:
        """Seconds until one of these may be asked."""
        return min((self.of(model).wait for model in models), default=0.0)
