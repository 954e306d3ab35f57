"""What `monitoring` says, in plain words, and what became weaker."""

from collections.abc import Iterator

from aboveboard.charter._change import Change, changed, keyed, moved
from aboveboard.charter._monitoring import DriftRule, Monitoring

_QUANTITIES = {
    "refusal": "how many answers refuse",
    "blocked": "how many answers are blocked",
    "toxicity": "how many answers a guard finds toxic",
    "length": "how long answers are",
    "latency": "how long answers take",
    "energy": "how much energy answers need",
}


def monitoring_sentences(monitoring: Monitoring, *, is_live: bool) -> Iterator[str]:
    """What is watched while answers are given; none for a charter that has nothing watched."""
    probes = monitoring.probes
    if is_live and probes.share and probes.most_per_day:
        yield (
            f"After {100 * probes.share:g} % of the answers, {probes.most_per_day} times a day at most, the"
            " model is asked the same thing for two people who differ in name only. Nobody is shown that."
        )
    for rule in monitoring.drift:
        yield f"It is watched whether {_QUANTITIES[rule.quantity]} changes."


def monitoring_changes(old: Monitoring, new: Monitoring) -> Iterator[Change]:
    """What is watched less is weaker."""
    before, after = old.probes, new.probes
    yield from moved("monitoring.probes.share", before.share, after.share, weaker=after.share < before.share)
    most = before.most_per_day, after.most_per_day
    yield from moved("monitoring.probes.most_per_day", *most, weaker=most[1] < most[0])
    yield from changed("monitoring.probes.tokens", before.tokens, after.tokens)
    yield from changed("monitoring.probes.of", before.of, after.of)
    first, second = ({rule.quantity: rule for rule in each.drift} for each in (old, new))
    yield from keyed("monitoring.drift", first, second, "watch on")
    for name in (name for name in first if name in second):
        yield from _rule(f"monitoring.drift.{name}", first[name], second[name])


def _rule(path: str, old: DriftRule, new: DriftRule) -> Iterator[Change]:
    yield from changed(f"{path}.baseline", old.baseline, new.baseline)
    yield from changed(f"{path}.learn", old.learn, new.learn)
    lengths = old.run_length, new.run_length
    yield from moved(f"{path}.run_length", *lengths, weaker=lengths[1] > lengths[0])
