"""The guards of a charter, in order, ready for exchanges."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol, cast

from aboveboard.guards._errors import GuardOptionError
from aboveboard.guards._exchange import Exchange, Setting
from aboveboard.guards._guard import Guard
from aboveboard.guards._trial import ConfiguredGuard, OnError
from aboveboard.guards._verdict import Action, Mode
from aboveboard.guards._worker import Worker
from aboveboard.registry import load_plugin

GROUP = "aboveboard.guards"
_ACTIONS = {action.label: action for action in Action}


class GuardSettings(Protocol):
    """What a charter says about one guard."""

    @property
    def guard(self) -> str: ...
    @property
    def mode(self) -> tuple[str, ...]: ...
    @property
    def action(self) -> str: ...
    @property
    def on_error(self) -> str: ...
    @property
    def timeout_ms(self) -> int: ...
    @property
    def options(self) -> Mapping[str, Any]: ...


class Pipeline:
    """Guards in the order they act. One for a gateway; `start` gives each request its own exchange."""

    def __init__(
        self, guards: Sequence[ConfiguredGuard], context: str = "general", jurisdictions: Sequence[str] = ()
    ) -> None:
        self._setting = Setting(tuple(guards), context, tuple(jurisdictions))
        self.closed = frozenset(each.name for each in guards if each.on_error == "closed")
        """The guards whose failure stops an exchange."""

    @property
    def guards(self) -> tuple[ConfiguredGuard, ...]:
        """The guards, in order."""
        return self._setting.guards

    @property
    def is_inline(self) -> bool:
        """Whether no guard can make the caller wait: else call it outside an event loop."""
        return all(configured.is_inline for configured in self.guards)

    def start(self) -> Exchange:
        """A new exchange."""
        return Exchange(self._setting)


def build_pipeline(
    guards: Iterable[GuardSettings],
    context: str = "general",
    jurisdictions: Sequence[str] = (),
    ai_notice: str = "",
) -> Pipeline:
    """The pipeline that a charter asks for, its guards loaded by name.

    `ai_notice` is the charter's `disclosure.ai_notice`: it is the disclosure guard's default, and brings that
    guard in when the charter does not list it. Raises UnknownNameError, PluginError or GuardOptionError.
    """
    configured = [_configure(settings, ai_notice) for settings in guards]
    if ai_notice not in ("", "none") and all(each.name != "disclosure" for each in configured):
        configured.append(_with_worker(_load("disclosure", {"ai_notice": ai_notice}), ("input", "output")))
    return Pipeline(configured, context, jurisdictions)


def _configure(settings: GuardSettings, ai_notice: str) -> ConfiguredGuard:
    defaults = {"ai_notice": ai_notice} if settings.guard == "disclosure" and ai_notice else {}
    guard = _load(settings.guard, {**defaults, **settings.options})
    modes = _modes(guard, settings.mode)
    on_error = cast(OnError, settings.on_error)
    return _with_worker(guard, modes, _action(guard, settings.action), on_error, settings.timeout_ms)


def _load(name: str, options: Mapping[str, Any]) -> Guard:
    guard: Guard = load_plugin(GROUP, name)(options)
    return guard


def _with_worker(
    guard: Guard,
    modes: tuple[Mode, ...],
    action: Action | None = None,
    on_error: OnError = "closed",
    timeout_ms: float = 100.0,
) -> ConfiguredGuard:
    return ConfiguredGuard(guard, modes, action, on_error, timeout_ms, Worker(guard.name))


def _modes(guard: Guard, wanted: Sequence[str]) -> tuple[Mode, ...]:
    for mode in wanted:
        if mode not in guard.modes:
            cure = f"it checks: {', '.join(guard.modes)}"
            raise GuardOptionError(f"the {guard.name} guard has no mode {mode!r}", cure=cure)
    for mode in getattr(guard, "needs", ()):
        if mode not in wanted:
            what = f"the {guard.name} guard finds nothing without the mode {mode!r}"
            raise GuardOptionError(what, cure=f"write mode: [{', '.join(guard.modes)}]")
    return tuple(mode for mode in guard.modes if mode in wanted)


def _action(guard: Guard, wanted: str) -> Action | None:
    if not wanted:
        return None
    if wanted not in _ACTIONS:
        raise GuardOptionError(
            f"{guard.name}: unknown action {wanted!r}", cure=f"known: {', '.join(_ACTIONS)}"
        )
    return _ACTIONS[wanted]
