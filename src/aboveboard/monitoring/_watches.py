"""What a charter has watched."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from aboveboard.charter import Charter, DriftRule, Promise
from aboveboard.monitoring._drifting import Drifting
from aboveboard.monitoring._measures import attributes_of, way_of
from aboveboard.monitoring._seen import LANGUAGE
from aboveboard.monitoring._subject import Subject, Watched
from aboveboard.monitoring._watch import Watch


@dataclass(frozen=True, slots=True)
class Unwatched:
    """A live promise that live answers cannot tell about, and why."""

    promise: Promise
    reason: str


@dataclass(frozen=True, slots=True)
class Watches:
    """What is watched of one model under one charter, and what cannot be."""

    watched: Watched
    watches: Sequence[Watch]
    unwatched: Sequence[Unwatched]

    @property
    def needs_words(self) -> bool:
        """Whether the kept answers are to be read."""
        return any(each.needs_words for each in self.watches)

    @property
    def needs_prompts(self) -> bool:
        """Whether the kept prompts are to be read, for their language."""
        return any(each.needs_prompts for each in self.watches)

    @property
    def attributes(self) -> list[str]:
        """What probes have to vary: for promises about which no alarm stands."""
        found = [each.subject.promise for each in self.watches if each.wants_probes and not each.alarm]
        return sorted({each for promise in found if promise for each in attributes_of(promise)})


def watches_of(charter: Charter, model_digest: str) -> Watches:
    """What the charter has watched: its live promises, and its figures of drift."""
    watched = Watched(charter, model_digest)
    live = [each for each in charter.promises if "live" in each.when]
    found = [_of_promise(each, watched) for each in live]
    drifts = [_of_rule(each, watched) for each in charter.monitoring.drift]
    unwatched = [each for each in found if isinstance(each, Unwatched)]
    return Watches(watched, [*(each for each in found if isinstance(each, Watch)), *drifts], unwatched)


def _of_promise(promise: Promise, watched: Watched) -> Watch | Unwatched:
    way = way_of(promise.measure)
    reason = _obstacle(promise, watched.charter)
    if way is None or reason:
        return Unwatched(promise, reason)
    subject = Subject(watched, promise=promise)
    return Watch(subject, partial(way.make, promise), way.words, LANGUAGE in promise.over, way.probes)


def _obstacle(promise: Promise, charter: Charter) -> str:
    way, probes = way_of(promise.measure), charter.monitoring.probes
    if way is None:
        return f"live answers do not tell {promise.measure}: it is measured by `aboveboard assess` alone"
    if way.probes and not (probes.share and probes.most_per_day):
        return "it takes probes, and the charter's monitoring.probes asks for none"
    if (way.words or LANGUAGE in promise.over) and not charter.retention.get("payloads"):
        what = "answers" if way.words else "requests"
        return f"it takes the masked words of {what}, and the charter keeps none (retention.payloads)"
    return ""


def _of_rule(rule: DriftRule, watched: Watched) -> Watch:
    return Watch(Subject(watched, rule=rule), partial(Drifting, rule), rule.quantity == "refusal")
