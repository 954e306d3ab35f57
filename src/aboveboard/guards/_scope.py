"""Scope: what the assistant is not for gets a stated answer, and no model is asked."""

import logging
import re
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from aboveboard.detectors import fold
from aboveboard.guards._guard import GuardContext
from aboveboard.guards._options import Flaw, refuse
from aboveboard.guards._scope_model import Model, fit
from aboveboard.guards._scope_rules import flaws_in, rules_in
from aboveboard.guards._verdict import ALLOW, Action, Finding, Mode, Segment, Verdict

_ANSWER = "I cannot help with that here: it is not what this assistant is for."
_SHARE = 0.1
_SENTENCE = re.compile(
    r"[^.!?;\n\u2026\u3002\uff01\uff1f]+[.!?;\n\u2026\u3002\uff01\uff1f]*|[.!?;\n\u2026\u3002]+"
)
_FEW, _MANY = 4, 32  # a sentence of fewer words is read with the next; one of more in overlapping parts
_WORD = re.compile(r"\S+")
_log = logging.getLogger(__name__)


class ScopeGuard:
    """Options: `rules` (name, `deny` and `allow` phrases, `examples` of both, an `answer`), `answer`,
    `refused_in_error` (the share of allowed requests that may be refused, 0.1 by default).

    Reads the message being answered, a sentence at a time.
    """

    name: ClassVar[str] = "scope"
    modes: ClassVar[tuple[Mode, ...]] = ("input",)
    is_inline: ClassVar[bool] = True
    answers: ClassVar[bool] = True

    def __init__(self, options: Mapping[str, Any]) -> None:
        refuse(self.name, flaws_in(options))
        rules = rules_in(options)
        self._answer = str(options.get("answer", "")) or _ANSWER
        self._frequencies, self._models = fit(rules, float(options.get("refused_in_error", _SHARE)))
        self._phrases = [(_pattern(rule.deny), _pattern(rule.allow)) for rule in rules]
        for model in self._models:
            if not model.is_calibrated:
                _log.warning(
                    "scope: the rule %s is uncalibrated: too few examples of what to allow", model.rule.name
                )

    @staticmethod
    def flaws(options: Mapping[str, Any]) -> Iterator[Flaw]:
        """What is wrong with a charter's options."""
        if not options.get("rules"):
            yield Flaw((), "the scope guard has no rules", "write rules: with a name and examples each")
        yield from flaws_in(options)

    @property
    def models(self) -> tuple[Model, ...]:
        """The rules as fitted, with their thresholds."""
        return self._models

    @property
    def window(self) -> int:
        """Answers are not checked."""
        return 0

    def check(self, segment: Segment, context: GuardContext) -> Verdict:
        """Answers in the model's place when a sentence is out of scope."""
        if segment.role != "user" or not context.latest or not self._models:
            return ALLOW
        findings: list[Finding] = []
        answer = ""
        for start, end in _sentences(segment.text):
            for model, confidence, why in self._against(fold(segment.text[start:end]).text):
                answer = answer or model.rule.answer or self._answer
                name = model.rule.name
                findings.append(Finding(start, end, name, confidence))
                findings += (Finding(start, end, f"{name}.{each}", confidence) for each in why)
        return Verdict(Action.REPLACE, tuple(findings), answer) if findings else ALLOW

    def _against(self, text: str) -> Iterator[tuple[Model, float, tuple[str, ...]]]:
        """The rules that a folded sentence is against, how surely, and why."""
        vector = self._frequencies.vector(text)
        for model, (deny, allow) in zip(self._models, self._phrases, strict=True):
            if allow and allow.search(text):
                continue
            if deny and deny.search(text):
                yield model, 1.0, ("phrase",)
                continue
            score = model.score(vector)
            if score >= model.threshold:
                why = (model.nearest(vector), *(() if model.is_calibrated else ("uncalibrated",)))
                yield model, min(1.0, score), why


def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str] | None:
    """Any of the phrases as whole words, `*` at a word's end being any ending. Linear: it begins at a word's
    start, and no ending reaches over a space.
    """
    if not phrases:
        return None
    folded = [
        r"\s".join(map(_ending, fold(phrase.replace("*", "\ue000")).text.split())) for phrase in phrases
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(folded)})(?!\w)")


def _ending(word: str) -> str:
    return re.escape(word.removesuffix("\ue000")) + (r"\w*" if word.endswith("\ue000") else "")


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """What is judged together: sentences, short ones with what follows; the whole when it is short."""
    if len(_WORD.findall(text[: 12 * _MANY])) <= _MANY and len(text) <= 12 * _MANY:
        yield 0, len(text)
    start, words = 0, 0
    for match in _SENTENCE.finditer(text):
        words += len(_WORD.findall(match[0]))
        if words >= _FEW:
            yield from _parts(text, start, match.end(), words)
            start, words = match.end(), 0
    if words:
        yield start, len(text)


def _parts(text: str, start: int, end: int, words: int) -> Iterator[tuple[int, int]]:
    """A sentence, or its overlapping parts when it is long."""
    if words <= _MANY:
        yield start, end
        return
    places = [match.start() for match in _WORD.finditer(text, start, end)]
    for first in range(0, len(places), _MANY // 2):
        last = first + _MANY
        yield places[first], places[last] if last < len(places) else end
