"""What `misuse` says, in plain words, and what became weaker."""

from collections.abc import Iterator

from aboveboard.charter._change import Change, changed, members, moved, ranked
from aboveboard.charter._misuse import RUNGS, MisusePlan
from aboveboard.charter._words import duration_words, sentence_list

_SIGNALS = {
    "volume": "far more requests a minute than they ever made",
    "duplicates": "texts in mass that nearly repeat each other",
    "blocks": "requests that guards stop again and again",
}
_RUNGS = {
    "watch": "is noted, and a person told",
    "slow": "then gets a few answers a minute",
    "hold": "then gets no answer that a person has not seen",
    "suspend": "then gets none",
}


def misuse_sentences(plan: MisusePlan) -> Iterator[str]:
    """Who is watched, for what, and what follows; nothing where nobody is."""
    if plan.ladder == "off":
        return
    for who, signals in (("keys", plan.keys), ("people", plan.people)):
        if signals:
            found = sentence_list(_SIGNALS[each] for each in signals)
            yield f"What {who} do is watched for: {found}. No text is kept for it."
    steps = [_RUNGS[each] for each in RUNGS[1 : RUNGS.index(plan.ladder) + 1]]
    yield f"Whoever goes on with it {sentence_list(steps)}; each step has a reason and can be challenged."
    length = duration_words(plan.decay)
    yield f"After {length} without an alarm one step is taken back."


def misuse_changes(old: MisusePlan, new: MisusePlan) -> Iterator[Change]:
    """A shorter ladder, less that is watched, and a quicker way down are weaker."""
    yield from ranked("misuse.ladder", old.ladder, new.ladder, RUNGS)
    yield from members("misuse.keys", old.keys, new.keys, "watches keys for")
    yield from members("misuse.people", old.people, new.people, "watches people for")
    for name in ("volume", "duplicates", "blocks"):
        before, after = getattr(old.ordinary, name), getattr(new.ordinary, name)
        yield from moved(f"misuse.ordinary.{name}", before, after, weaker=after > before)
    yield from changed("misuse.false_alarms", old.false_alarms, new.false_alarms)
    lengths = duration_words(old.decay), duration_words(new.decay)
    yield from moved("misuse.decay", *lengths, weaker=new.decay < old.decay)
    yield from moved("misuse.slow", old.slow, new.slow, weaker=new.slow > old.slow)
