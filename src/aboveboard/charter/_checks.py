"""What no single key can tell: whether the parts of a charter fit each other."""

from collections import Counter
from collections.abc import Iterable

from aboveboard.charter._access import check_currency
from aboveboard.charter._charter import ACCOUNTABLE, MODES, GuardEntry
from aboveboard.charter._keys import keys_of
from aboveboard.charter._known import Known
from aboveboard.charter._merge import is_kept
from aboveboard.charter._monitoring import check_monitoring
from aboveboard.charter._nodes import (
    MapNode,
    Node,
    ScalarNode,
    find,
    items_in,
    name_of,
    names_in,
    plain_value,
    shorten,
)
from aboveboard.charter._profiles import contexts, profile
from aboveboard.charter._promise_checks import check_promises
from aboveboard.charter._reading import Reading
from aboveboard.charter._routing import check_routing


def check(root: Node, known: Known, reading: Reading) -> None:
    """Notes what does not fit. Works on nodes, so that one bad part does not hide the others."""
    _check_accountable(root, reading)
    _check_models(root, reading)
    check_currency(root, reading)
    check_promises(root, known, reading)
    _check_guards(root, reading)
    _check_guard_modes(root, known, reading)
    _check_guard_options(root, known, reading)
    _check_quorum(root, reading)
    _check_defaults(root, known, reading)
    check_routing(root, reading)
    check_monitoring(root, reading)


def _check_accountable(root: Node, reading: Reading) -> None:
    roles = find(root, "roles")
    if roles is not None and ACCOUNTABLE not in names_in(roles):
        reading.wrong(roles, f"no role {ACCOUNTABLE!r}", "say who answers for the whole system")


def _texts(items: Iterable[Node], key: str) -> list[str]:
    return [name for item in items if (value := find(item, key)) and (name := name_of(value)) is not None]


def _check_models(root: Node, reading: Reading) -> None:
    models = find(root, "models")
    if models is None or not items_in(models):
        return
    written = [find(item, "role") for item in items_in(models)]
    roles = Counter("primary" if role is None else name_of(role) for role in written)
    if roles["primary"] != 1:
        reading.wrong(models, f"{roles['primary']} models are `primary`", "give exactly one `role: primary`")
    if roles["fallback"] > 1:
        reading.wrong(
            models, f"{roles['fallback']} models are `fallback`", "give at most one `role: fallback`"
        )
    if not roles["fallback"]:
        _refuse_fallback(root, reading)


def _refuse_fallback(root: Node, reading: Reading) -> None:
    for item in items_in(find(root, "promises")):
        action = find(item, "if_broken")
        if action is not None and name_of(action) == "fallback":
            reading.wrong(action, "no model to fall back to", "give a model `role: fallback`")


def _check_guards(root: Node, reading: Reading) -> None:
    """One guard may stand several times, with an action for each mode, but once a mode."""
    seen: dict[tuple[str, str], Node] = {}
    for item in items_in(find(root, "guards")):
        for mode in items_in(find(item, "mode")):
            for guard in _texts([item], "guard"):
                first = seen.setdefault((guard, name_of(mode) or ""), item)
                if first is not item:
                    what = f"the guard {shorten(guard)!r} has the mode {shorten(name_of(mode) or '')!r} twice"
                    reading.wrong(mode, what, f"it stands in line {first.line} already")


def _check_guard_modes(root: Node, known: Known, reading: Reading) -> None:
    for item in items_in(find(root, "guards")):
        guard = name_of(find(item, "guard") or item) or ""
        modes = known.guard_modes.get(guard, MODES)
        for mode in items_in(find(item, "mode")):
            name = name_of(mode)
            if name in MODES and name not in modes:
                cure = f"it checks: {', '.join(modes)}"
                reading.wrong(mode, f"the guard {shorten(guard)!r} has no mode {name!r}", cure)


def _check_guard_options(root: Node, known: Known, reading: Reading) -> None:
    """A guard's own options are its own to judge, and the line where they stand is ours to name."""
    own = keys_of(GuardEntry)
    for item in items_in(find(root, "guards")):
        flaws = known.guard_flaws.get(name_of(find(item, "guard") or item) or "")
        if flaws and isinstance(item, MapNode):
            pairs = [(name_of(key), value) for key, value in item.pairs]
            options = {name: plain_value(value) for name, value in pairs if name and name not in own}
            for flaw in flaws(options):
                reading.wrong(_nearest(item, flaw.path), flaw.what, flaw.cure)


def _nearest(node: Node, path: tuple[str | int, ...]) -> Node:
    """The node at a path, or the last that there is on the way."""
    for step in path:
        node = find(node, step) or node
    return node


def _check_quorum(root: Node, reading: Reading) -> None:
    quorum, parties = find(root, "sign_off", "quorum"), items_in(find(root, "sign_off", "from"))
    needed = quorum.value if isinstance(quorum, ScalarNode) else None
    if quorum and parties and isinstance(needed, int) and needed > len(parties):
        reading.wrong(
            quorum, f"a quorum of {needed} from {len(parties)}", "ask for fewer, or name more in `from`"
        )


def _check_defaults(root: Node, known: Known, reading: Reading) -> None:
    """The context's defaults need measures and guards too; an absent one must not vanish silently."""
    context = find(root, "system", "context")
    if not isinstance(context, ScalarNode) or context.text not in contexts():
        return
    defaults = profile(context.text)
    _check_default_guards(root, context, known, reading)
    own = _texts(items_in(find(root, "promises")), "id")
    for promise in defaults.promises:
        if (
            promise.measure not in known.measures
            and promise.id not in own
            and _applies(root, "promises", promise.id)
        ):
            what = f"the default promise {promise.id!r} needs {promise.measure!r}, which is not installed"
            reading.wrong(
                context, what, f"install it, or write `defaults: {{promises: [{promise.id}]}}` to drop it"
            )


def _check_default_guards(root: Node, context: ScalarNode, known: Known, reading: Reading) -> None:
    own = _texts(items_in(find(root, "guards")), "guard")
    missing = {entry.guard for entry in profile(context.text).guards} - known.guards - set(own)
    for guard in sorted(name for name in missing if _applies(root, "guards", name)):
        what = f"the default guard {guard!r} is not installed"
        reading.wrong(context, what, f"install it, or write `defaults: {{guards: [{guard}]}}` to drop it")


def _applies(root: Node, part: str, name: str) -> bool:
    written = find(root, "defaults", part)
    if isinstance(written, ScalarNode):
        return written.value is not False
    return is_kept(name, [text for item in items_in(written) if (text := name_of(item))])
