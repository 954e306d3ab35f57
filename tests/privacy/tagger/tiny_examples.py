"""A handful of sentences with names, enough to see a network learn."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

_FIRST = [
    "Anna",
    "Peter",
    "Jürgen",
    "María",
    "Olga",
    "Kwame",
    "Aisha",
    "Sven",
    "Jacques",
    "Giulia",
    "Ivan",
    "Mehmet",
    "Linh",
]
_LAST = [
    "Schmidt",
    "García",
    "Rossi",
    "Dupont",
    "Okafor",
    "Yilmaz",
    "Nguyen",
    "Kowalski",
    "Smith",
    "Andersson",
    "Moreau",
]
_PLACES = ["Berlin", "Madrid", "Paris", "Roma", "London", "Lagos", "Hanoi", "Lyon", "Sevilla", "Torino"]
_FIRMS = ("Siemens AG", "Acme Corp", "Banco Sur", "Société Bleue")
_SENTENCES = (
    "My name is {person} and I live in {place}.",
    "Please send it to {address}, thanks.",
    "{person} works at {organisation} in {place}.",
    "Der Vertrag mit {organisation} gilt.",
    "El paciente {person} vive en {address}.",
    "The meeting is on Monday, see the report.",
)


@dataclass(frozen=True, slots=True)
class TinyExample:
    text: str
    spans: tuple[tuple[int, int, str], ...]


def tiny_examples(seed: int, count: int) -> Iterator[TinyExample]:
    draw = random.Random(seed)
    for _ in range(count):
        text, spans = "", []
        for part in re.split(r"(\{\w+\})", draw.choice(_SENTENCES)):
            name = part.strip("{}")
            value = _value(name, draw) if part != name else part
            if part != name:
                spans.append((len(text), len(text) + len(value), name))
            text += value
        yield TinyExample(text, tuple(spans))


def _value(name: str, draw: random.Random) -> str:
    if name == "person":
        return f"{draw.choice(_FIRST)} {draw.choice(_LAST)}"
    if name == "address":
        town = f"{draw.choice(_PLACES)} {draw.randint(10_000, 99_999)}"
        return f"{draw.randint(1, 99)} {draw.choice(_LAST)} Street, {town}"
    return draw.choice(_PLACES if name == "place" else _FIRMS)
