"""The system prompt stays where it is: answers that say it again are found."""

from collections.abc import Callable, Iterator, Mapping
from hashlib import blake2b
from typing import Any, ClassVar

from aboveboard.errors import suggest
from aboveboard.guards._found import findings, found_in, hidden
from aboveboard.guards._guard import GuardContext
from aboveboard.guards._options import Flaw, refuse
from aboveboard.guards._stage import HELD_AT_MOST
from aboveboard.guards._system_text import Fingerprint, fingerprint, repeated, rows_of, settled, words_in
from aboveboard.guards._verdict import ALLOW, Action, Mode, Segment, Verdict
from aboveboard.privacy import PersonalData
from aboveboard.privacy.streams import LONGEST_CONTEXT

_NOTHING = Fingerprint()
_OPTIONS = ("words", "public")
_WORDS, _FEWEST, _MOST = 12, 5, 100
_MOST_PROMPTS = 64
_SHORTEST = 8  # neither five words nor a canary word are shorter


class CanaryGuard:
    """Options: `words` (how many words of the prompt are a leak, 12 by default), `public` (sentences of it
    that may be said).

    What the user wrote themselves may be repeated to them. Of a prompt only hashes outlive the exchange.
    """

    name: ClassVar[str] = "canary"
    modes: ClassVar[tuple[Mode, ...]] = ("input", "output")
    needs: ClassVar[tuple[Mode, ...]] = ("input",)
    is_inline: ClassVar[bool] = True

    def __init__(self, options: Mapping[str, Any]) -> None:
        refuse(self.name, self.flaws(options))
        self._least: int = options.get("words", _WORDS)
        self._public = frozenset().union(*(rows_of(words_in(text)) for text in options.get("public", ())))
        self._prompts: dict[bytes, Fingerprint] = {}

    @staticmethod
    def flaws(options: Mapping[str, Any]) -> Iterator[Flaw]:
        """What is wrong with a charter's options."""
        for name in options:
            if name not in _OPTIONS:
                yield Flaw((name,), f"the canary guard has no option {name!r}", suggest(name, _OPTIONS))
        words = options.get("words", _WORDS)
        if isinstance(words, bool) or not isinstance(words, int) or not _FEWEST <= words <= _MOST:
            yield Flaw(("words",), f"words is {words!r}", f"write a whole number from {_FEWEST} to {_MOST}")
        public = options.get("public", ())
        if not isinstance(public, (list, tuple)):
            yield Flaw(("public",), "public is no list of sentences", 'write public: ["We open at 9."]')
            return
        for number, sentence in enumerate(public):
            if not isinstance(sentence, str):
                yield Flaw(("public", number), f"{sentence!r} is no sentence", 'write "We open at 9."')

    @property
    def window(self) -> int:
        """As long as a stage holds: a leak may be the whole prompt."""
        return HELD_AT_MOST

    def settled(self, text: str, start: int) -> int:
        """Without an exchange nothing is known: whole words."""
        return start + settled(text[start:], _NOTHING)

    def settler(self, context: GuardContext) -> Callable[[str, int], int]:
        """All but what the exchange's prompt may go on with."""
        return _Settler(self._known(context))

    def check(self, segment: Segment, context: GuardContext) -> Verdict:
        """Input: remembers the prompt. Output: hides what repeats it."""
        if context.mode == "input":
            self._remember(segment, context)
            return ALLOW
        if len(segment.text) < _SHORTEST and not context.torn:
            return ALLOW
        known = self._known(context)
        if not known.rows and not known.canaries:
            return ALLOW
        found = found_in(segment, context, lambda text, start, end: self._find(text, start, end, context))
        if not found:
            return ALLOW
        return Verdict(Action.MASK, findings(found), hidden(segment, context, found))

    def _find(self, text: str, start: int, end: int, context: GuardContext) -> list[PersonalData]:
        """What lies between two places; in the rest of a run that was too long to hold, read with what stood
        before it.
        """
        ahead = max(0, start - LONGEST_CONTEXT) if context.torn else start
        return [
            PersonalData(max(ahead + first, start), ahead + last, what)
            for first, last, what in repeated(text[ahead:end], self._known(context), self._least)
            if ahead + last > start
        ]

    def _remember(self, segment: Segment, context: GuardContext) -> None:
        memory = context.memory
        if segment.role == "system":
            memory["system"] = memory.get("system", _NOTHING) | self._fingerprint(segment.text)
        elif segment.role == "user":
            memory["user"] = memory.get("user", frozenset()) | rows_of(words_in(segment.text))

    def _known(self, context: GuardContext) -> Fingerprint:
        """What must not be said in this exchange."""
        known: Fingerprint | None = context.memory.get("known")
        if known is None:
            system: Fingerprint = context.memory.get("system", _NOTHING)
            known = context.memory["known"] = system.without(
                self._public | context.memory.get("user", frozenset())
            )
        return known

    def _fingerprint(self, text: str) -> Fingerprint:
        """The same prompt comes with every request; hashes are all that is kept of it."""
        digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        known = self._prompts.get(digest)
        if known is None:
            known = fingerprint(text)
            if len(self._prompts) >= _MOST_PROMPTS:
                self._prompts.clear()
            self._prompts[digest] = known
        return known


class _Settler:
    """`settled` for one stream. A text that is held for long is looked at again only once it has grown by an
    eighth, so that all looks together stay linear.
    """

    def __init__(self, known: Fingerprint) -> None:
        self._known = known
        self._again = 0

    def __call__(self, text: str, start: int) -> int:
        length = len(text) - start
        if length < min(self._again, HELD_AT_MOST):
            return start
        end = settled(text[start:], self._known)
        self._again = 0 if end else length + length // 8
        return start + end
