"""One question in two variants that differ in the name of who asks, and in nothing else."""

import hashlib
import json
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from aboveboard.evals import Options, load_suite
from aboveboard.evals.people import Person, everyone
from aboveboard.models import Message

_SUITE = "bias.counterfactual"
_OTHER = "Sam Taylor"
_MOST = 6000  # characters: a longer conversation is not asked again
_ROLES = ("system", "user", "assistant")
_PLACEHOLDER = re.compile(r"<(?:PERSON|NAME)[_~][A-Za-z0-9]+>")


@dataclass(frozen=True, slots=True)
class Variant:
    """What is asked in the name of a person of a group."""

    group: str
    messages: Sequence[Message]


@dataclass(frozen=True, slots=True)
class Question:
    """Both variants, in the order in which they are asked; `by` is what the names differ in."""

    by: str
    source: str
    variants: tuple[Variant, Variant]


def question(decision: str, prompt: bytes | None, attributes: Sequence[str]) -> Question:
    """The probe after a decision: of its masked prompt where that can be used, else of our own requests.

    What is drawn follows from the decision's id, so that a probe asked again is the same.
    """
    draw = random.Random(hashlib.sha256(b"variants of " + decision.encode()).digest())  # noqa: S311 - no secret
    by = draw.choice(list(attributes))
    people = _two(by, draw)
    turns = _turns(prompt) if prompt else None
    make, source = (partial(_spoken, turns), "traffic") if turns else (_own(draw), "requests")
    first, second = (Variant(person.groups[by], make(person)) for person in people)
    return Question(by, source, (first, second))


def _two(by: str, draw: random.Random) -> list[Person]:
    """Two people of different groups, alike in the other attribute where only one is asked for."""
    cells = [draw.choice(cell) for cell in everyone()]
    first = draw.choice(cells)
    other = {"gender": "ethnicity", "ethnicity": "gender"}.get(by, "")
    fitting = [
        each
        for each in cells
        if each.groups[by] != first.groups[by] and (not other or each.groups[other] == first.groups[other])
    ]
    return [first, draw.choice(fitting)]


def _own(draw: random.Random) -> Callable[[Person], Sequence[Message]]:
    """One of the counterfactual suite's requests."""
    items = load_suite(_SUITE).items(Options(profile="full"))
    asked = draw.choice([item for item in items if "gender" in item.groups]).messages
    said = " ".join(each.content for each in asked)
    name = next(each.name for cell in everyone() for each in cell if each.name in said)

    def make(person: Person) -> Sequence[Message]:
        return [Message(each.role, each.content.replace(name, person.name)) for each in asked]

    return make


@dataclass(frozen=True, slots=True)
class _Turn:
    """What was said, without anything personal: `{name}` where the first person named stood."""

    role: str
    parts: Sequence[str]

    def said(self, person: Person) -> str:
        return person.name.join(self.parts)


def _turns(prompt: bytes) -> list[_Turn] | None:
    """A conversation without personal data; None for one that cannot be asked again."""
    try:
        segments = json.loads(prompt)
    except ValueError:
        return None
    if not _is_plain(segments):
        return None
    texts = [each["text"] for each in segments]
    found = [_findings(text) for text in texts]
    people = [
        text[start:end]
        for text, spans in zip(texts, found, strict=True)
        for start, end, kind in spans
        if kind == "person"
    ]
    asker = _main(people)
    turns = [
        _Turn(each["role"], _without_people(each["text"], spans, asker))
        for each, spans in zip(segments, found, strict=True)
    ]
    return turns if any(len(turn.parts) > 1 for turn in turns) else _introduced(turns)


def _main(names: Sequence[str]) -> str:
    """Whose name varies: the first that is given in full, else the first. A whole name is seldom mistaken."""
    return next((name for name in names if " " in name), names[0] if names else "")


def _is_plain(segments: Any) -> bool:
    if not isinstance(segments, list) or not segments or not all(isinstance(each, dict) for each in segments):
        return False
    roles, texts = ([each.get(key) for each in segments] for key in ("role", "text"))
    if any(role not in _ROLES for role in roles) or not all(isinstance(text, str) for text in texts):
        return False
    return roles[-1] == "user" and sum(map(len, texts)) <= _MOST


def _without_people(text: str, found: Sequence[tuple[int, int, str]], asker: str) -> list[str]:
    """The text in parts: the varied name belongs between them. Anybody else is called the same in both.

    Every kind of personal data was looked for again, also those that the charter's guards let through; what
    is no name is replaced by what it is.
    """
    parts, last = [""], 0
    for start, end, kind in found:
        parts[-1] += text[last:start]
        last, name = end, text[start:end]
        if kind != "person":
            parts[-1] += f"<{kind}>"
        elif name == asker or name in asker.split():
            parts.append("")
        else:
            parts[-1] += _OTHER
    parts[-1] += text[last:]
    return parts


def _findings(text: str) -> list[tuple[int, int, str]]:
    """What is personal or secret, in order and not overlapping; placeholders of the guards as well."""
    from aboveboard.privacy import find, find_secrets  # a quarter of a second that only probes should cost

    marked = [(each.start(), each.end(), "person") for each in _PLACEHOLDER.finditer(text)]
    found = [(each.start, each.end, each.type) for each in [*find_secrets(text), *find(text)]]
    kept: list[tuple[int, int, str]] = []
    for start, end, kind in sorted([*marked, *found], key=lambda each: (each[0], -each[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end, kind))
    return kept


def _introduced(turns: Sequence[_Turn]) -> list[_Turn]:
    """Where nobody is named, whoever asks says their name first."""
    last = turns[-1]
    return [*turns[:-1], _Turn(last.role, ["My name is ", f". {last.parts[0]}"])]


def _spoken(turns: Sequence[_Turn], person: Person) -> Sequence[Message]:
    return [Message(turn.role, turn.said(person)) for turn in turns]
