"""What a charter says about scope: rules, each with phrases and examples of both kinds."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from aboveboard.errors import suggest
from aboveboard.guards._options import Flaw

OPTIONS = ("rules", "answer", "refused_in_error")
_KEYS = ("name", "deny", "allow", "examples", "answer")
_KINDS = ("deny", "allow")
_NAME = re.compile(r"[a-z][a-z0-9-]{0,23}")
_LEAST, _MOST_EXAMPLES, _MOST_RULES, _MOST_PHRASES, _LONGEST = 3, 200, 32, 100, 400


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule refuses (`deny`) and what it lets pass (`allow`): phrases and example sentences."""

    name: str
    deny: tuple[str, ...]
    allow: tuple[str, ...]
    denied: tuple[str, ...]
    allowed: tuple[str, ...]
    answer: str = ""


def rules_in(options: Mapping[str, Any]) -> tuple[Rule, ...]:
    """The rules of options that have no flaws."""
    return tuple(map(_rule, options.get("rules", ())))


def _rule(written: Mapping[str, Any]) -> Rule:
    examples = written["examples"]
    return Rule(
        written["name"],
        tuple(written.get("deny", ())),
        tuple(written.get("allow", ())),
        tuple(examples["deny"]),
        tuple(examples["allow"]),
        written.get("answer", ""),
    )


def flaws_in(options: Mapping[str, Any]) -> Iterator[Flaw]:
    """All that is wrong with the options, each with its place in them."""
    for name in options:
        if name not in OPTIONS:
            yield Flaw((str(name),), f"the scope guard has no option {name!r}", suggest(str(name), OPTIONS))
    share = options.get("refused_in_error", 0.1)
    if isinstance(share, bool) or not isinstance(share, (int, float)) or not 0 < share < 0.5:
        yield Flaw(("refused_in_error",), f"{share!r} is no share", "write a number between 0 and 0.5")
    if not isinstance(options.get("answer", ""), str):
        yield Flaw(("answer",), "the answer is no text", 'write answer: "I can only help with …"')
    rules = options.get("rules", ())
    if not isinstance(rules, (list, tuple)) or len(rules) > _MOST_RULES:
        yield Flaw(("rules",), f"rules is no list of {_MOST_RULES} at most", "write - name: … below it")
        return
    seen: set[str] = set()
    for number, rule in enumerate(rules):
        yield from _flaws_in_rule(rule, ("rules", number), seen)


def _flaws_in_rule(rule: Any, at: tuple[str | int, ...], seen: set[str]) -> Iterator[Flaw]:
    if not isinstance(rule, Mapping):
        yield Flaw(at, "a rule is no mapping", "write - name: …, and its examples below")
        return
    for key in rule:
        if key not in _KEYS:
            yield Flaw((*at, str(key)), f"a rule has no key {key!r}", suggest(str(key), _KEYS))
    name = rule.get("name")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        yield Flaw((*at, "name"), f"{name!r} is no name of a rule", "write a-z, 0-9 and -, 24 at most")
    elif name in seen:
        yield Flaw((*at, "name"), f"two rules are called {name!r}", "give one of them another name")
    else:
        seen.add(name)
    for kind in _KINDS:
        yield from _flaws_in_phrases(rule.get(kind, ()), (*at, kind))
    if not isinstance(rule.get("answer", ""), str):
        yield Flaw((*at, "answer"), "the answer is no text", 'write answer: "I can only help with …"')
    yield from _flaws_in_examples(rule, at)


def _flaws_in_phrases(phrases: Any, at: tuple[str | int, ...]) -> Iterator[Flaw]:
    if not isinstance(phrases, (list, tuple)) or len(phrases) > _MOST_PHRASES:
        yield Flaw(at, f"no list of {_MOST_PHRASES} phrases at most", 'write ["legal advice", "entitle*"]')
        return
    for number, phrase in enumerate(phrases):
        if not isinstance(phrase, str) or len(phrase) > _LONGEST or not _is_phrase(phrase):
            cure = "write words; a * at a word's end stands for any ending"
            yield Flaw((*at, number), f"{str(phrase)[:40]!r} is no phrase", cure)


def _is_phrase(phrase: str) -> bool:
    words = phrase.split()
    return bool(words) and all(re.fullmatch(r"\w[^*]*\*?", word) for word in words)


def _flaws_in_examples(rule: Mapping[str, Any], at: tuple[str | int, ...]) -> Iterator[Flaw]:
    examples = rule.get("examples")
    if not isinstance(examples, Mapping):
        what = f"the rule {rule.get('name')!r} has no examples"
        yield Flaw(at, what, f"write examples: {{deny: […], allow: […]}}, {_LEAST} or more of each")
        return
    for key in examples:
        if key not in _KINDS:
            yield Flaw((*at, "examples", str(key)), f"no kind of example: {key!r}", suggest(str(key), _KINDS))
    for kind in _KINDS:
        texts = examples.get(kind, ())
        place = (*at, "examples", kind)
        if not isinstance(texts, (list, tuple)) or not all(isinstance(text, str) for text in texts):
            yield Flaw(place, "no list of sentences", "write short sentences that people would ask")
        elif not _LEAST <= len(texts) <= _MOST_EXAMPLES:
            what = f"the rule {rule.get('name')!r} has {len(texts)} examples of what to {kind}"
            yield Flaw(place, what, f"write {_LEAST} to {_MOST_EXAMPLES} of them")
        elif long := [number for number, text in enumerate(texts) if not 0 < len(text) <= _LONGEST]:
            yield Flaw((*place, long[0]), "no short sentence", f"write 1 to {_LONGEST} characters")
