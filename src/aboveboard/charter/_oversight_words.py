"""What `oversight` and `webhooks` say, in plain words, and what became weaker."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from aboveboard.charter._change import Change, changed, members, ranked
from aboveboard.charter._oversight import ON_TIMEOUT, Oversight, Webhook
from aboveboard.charter._words import duration_words, sentence_list


def oversight_sentences(oversight: Oversight, webhooks: Sequence[Webhook]) -> Iterator[str]:
    """What happens to answers that are held, in plain words."""
    hold = oversight.hold
    late = "is given all the same" if hold.on_timeout == "release" else "is not given"
    yield (
        f"An answer that is held waits for the role {hold.role}. What nobody has decided about after"
        f" {duration_words(hold.deadline)} {late}."
    )
    for number, hook in enumerate(webhooks, 1):
        events = sentence_list(hook.on)
        yield f"Address {number} of {len(webhooks)} is told, without a word of it, of: {events}."


def oversight_changes(old: Oversight, new: Oversight) -> Iterator[Change]:
    """What is looked at less is weaker."""
    before, after = old.hold, new.hold
    yield from changed("oversight.hold.role", before.role, after.role)
    yield from changed(
        "oversight.hold.deadline", duration_words(before.deadline), duration_words(after.deadline)
    )
    yield from ranked("oversight.hold.on_timeout", before.on_timeout, after.on_timeout, ON_TIMEOUT)
    yield from changed("oversight.hold.most", before.most, after.most)


def webhook_changes(old: Sequence[Webhook], new: Sequence[Webhook]) -> Iterator[Change]:
    """Whoever is told no more is missed. Only the host is shown: the rest of an address may be a secret."""
    yield from members("webhooks", _told(old), _told(new), "tells")
    secrets = (tuple(hook.secret_env for hook in hooks) for hooks in (old, new))
    yield from changed("webhooks.secret_env", *secrets)


def _told(hooks: Sequence[Webhook]) -> list[str]:
    return [f"{urlsplit(hook.url).hostname} of: {each}" for hook in hooks for each in hook.on]
