"""What became weaker between two charters. Both are compared as resolved, defaults included."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from aboveboard.charter._access import CONSOLE, KEYS
from aboveboard.charter._change import Change, changed, keyed, members, moved, ranked
from aboveboard.charter._charter import IF_BROKEN, Charter, Promise
from aboveboard.charter._content import content
from aboveboard.charter._diff_guards import diff_guards
from aboveboard.charter._misuse_words import misuse_changes
from aboveboard.charter._monitoring_words import monitoring_changes
from aboveboard.charter._oversight_words import oversight_changes, webhook_changes
from aboveboard.charter._words import duration_words

_Part = Callable[[Charter, Charter], Iterator[Change]]
_ORDER = ("weaker", "stronger", "changed")
# To keep people's words for longer is weaker; a receipt is kept for people, so there it is the reverse.
_KEPT_FOR_PEOPLE = frozenset({"receipts"})


def diff(old: Charter, new: Charter) -> list[Change]:
    """Every difference, what became weaker first."""
    parts: tuple[_Part, ...] = (
        _system,
        _roles,
        _models,
        _promises,
        diff_guards,
        _obligations,
        _disclosure,
        _access,
        _oversight,
        _misuse,
        _budgets,
        _retention,
    )
    parts += (_footprint, _routing, _monitoring, _sign_off)
    found = [change for part in parts for change in part(old, new)]
    if not found and content(old) != content(new):
        found = [Change("changed", "charter", "the same in another order")]
    return sorted(found, key=lambda change: _ORDER.index(change.kind))


def _system(old: Charter, new: Charter) -> Iterator[Change]:
    before, after = old.system, new.system
    for name in ("name", "purpose", "context"):
        yield from changed(f"system.{name}", getattr(before, name), getattr(after, name))
    yield from members("system.not_for", before.not_for, after.not_for, "rules out:")
    yield from members("system.affected", before.affected, after.affected, "names as affected:")
    yield from members("system.jurisdictions", before.jurisdictions, after.jurisdictions, "covers")


def _roles(old: Charter, new: Charter) -> Iterator[Change]:
    for name in dict.fromkeys((*old.roles, *new.roles)):
        before, after = old.roles.get(name), new.roles.get(name)
        for part in ("title", "contact"):
            yield from changed(f"roles.{name}.{part}", getattr(before, part, ""), getattr(after, part, ""))


def _models(old: Charter, new: Charter) -> Iterator[Change]:
    before, after = ({model.id: model for model in charter.models} for charter in (old, new))
    for name in dict.fromkeys((*before, *after)):
        for part in ("provider", "role", "base_url", "api_key_env", "options", "price", "mitigation"):
            first, second = (getattr(models.get(name), part, "") for models in (before, after))
            yield from changed(f"models.{name}.{part}", first, second)


def _promises(old: Charter, new: Charter) -> Iterator[Change]:
    before, after = ({promise.id: promise for promise in charter.promises} for charter in (old, new))
    yield from keyed("promises", before, after, "promise")
    for name in (name for name in before if name in after):
        yield from _promise(f"promises.{name}", before[name], after[name])


def _promise(path: str, old: Promise, new: Promise) -> Iterator[Change]:
    if old.measure != new.measure:
        # Bounds on different measures cannot be compared.
        yield from changed(f"{path}.measure", old.measure, new.measure)
        yield from changed(f"{path}.must", old.must, new.must)
    else:
        yield from moved(f"{path}.must", old.must, new.must, weaker=new.must.is_weaker_than(old.must))
    yield from moved(
        f"{path}.confidence", old.confidence, new.confidence, weaker=new.confidence < old.confidence
    )
    yield from ranked(f"{path}.if_broken", old.if_broken, new.if_broken, IF_BROKEN)
    yield from members(f"{path}.over", old.over, new.over, "holds for each")
    yield from members(f"{path}.when", old.when, new.when, "checked:")
    for name in ("owner", "reason", "source"):
        yield from changed(f"{path}.{name}", getattr(old, name), getattr(new, name))


def _obligations(old: Charter, new: Charter) -> Iterator[Change]:
    before, after = (tuple(entry.id for entry in charter.obligations) for charter in (old, new))
    yield from members("obligations", before, after, "keeps in view")


def _disclosure(old: Charter, new: Charter) -> Iterator[Change]:
    before, after = (set(charter.disclosure.ai_notice.split("+")) - {"none"} for charter in (old, new))
    notices = old.disclosure.ai_notice, new.disclosure.ai_notice
    if before <= after or after <= before:
        yield from moved("disclosure.ai_notice", *notices, weaker=after < before)
    else:
        yield from changed("disclosure.ai_notice", *notices)
    receipts = old.disclosure.provenance, new.disclosure.provenance
    yield from ranked("disclosure.provenance", *receipts, ("none", "receipt"))


def _access(old: Charter, new: Charter) -> Iterator[Change]:
    yield from ranked("access.keys", old.access.keys, new.access.keys, KEYS)
    yield from ranked("access.console", old.access.console, new.access.console, CONSOLE)


def _oversight(old: Charter, new: Charter) -> Iterator[Change]:
    yield from oversight_changes(old.oversight, new.oversight)
    yield from webhook_changes(old.webhooks, new.webhooks)


def _misuse(old: Charter, new: Charter) -> Iterator[Change]:
    yield from misuse_changes(old.misuse, new.misuse)


def _budgets(old: Charter, new: Charter) -> Iterator[Change]:
    before, after = old.privacy_budgets, new.privacy_budgets
    yield from keyed("privacy_budgets", before, after, "limit on what may be learnt")
    for name in (name for name in before if name in after):
        path, first, second = f"privacy_budgets.{name}", before[name], after[name]
        yield from moved(
            f"{path}.epsilon", first.epsilon, second.epsilon, weaker=second.epsilon > first.epsilon
        )
        yield from moved(f"{path}.delta", first.delta, second.delta, weaker=second.delta > first.delta)
        yield from ranked(f"{path}.unit", first.unit, second.unit, ("record", "user"))


def _retention(old: Charter, new: Charter) -> Iterator[Change]:
    for kind in dict.fromkeys((*old.retention, *new.retention)):
        path, first, second = f"retention.{kind}", old.retention.get(kind), new.retention.get(kind)
        shown = ["without limit" if length is None else duration_words(length) for length in (first, second)]
        is_longer = _limit(second) > _limit(first)
        yield from moved(path, *shown, weaker=is_longer != (kind in _KEPT_FOR_PEOPLE))


def _limit(length: timedelta | None) -> timedelta:
    return timedelta.max if length is None else length


def _footprint(old: Charter, new: Charter) -> Iterator[Change]:
    yield from changed("footprint.grid", old.footprint.grid, new.footprint.grid)
    yield from changed("footprint.wue", old.footprint.wue, new.footprint.wue)
    before, after = (
        {machine.asset: machine for machine in charter.footprint.hardware} for charter in (old, new)
    )
    for name in dict.fromkeys((*before, *after)):
        for part in ("bought", "life_years", "embodied_kg", "threads", "at_work"):
            first, second = (getattr(machines.get(name), part, "") or "" for machines in (before, after))
            yield from changed(f"footprint.hardware.{name}.{part}", first, second)


def _routing(old: Charter, new: Charter) -> Iterator[Change]:
    before, after = ({**content(charter)["routing"]} for charter in (old, new))
    for name in before:
        yield from changed(f"routing.{name}", before[name], after[name])


def _monitoring(old: Charter, new: Charter) -> Iterator[Change]:
    yield from monitoring_changes(old.monitoring, new.monitoring)


def _sign_off(old: Charter, new: Charter) -> Iterator[Change]:
    before, after = old.sign_off, new.sign_off
    if before is None or after is None:
        quorums = (rule.quorum if rule else 0 for rule in (before, after))
        yield from moved("sign_off", *quorums, weaker=after is None)
        return
    yield from moved("sign_off.quorum", before.quorum, after.quorum, weaker=after.quorum < before.quorum)
    yield from members("sign_off.from", before.parties, after.parties, "asks")
