# ruff: noqa: E501 - tables of words: one long line reads better than a column
"""Documents that are put together rather than filled in: forms, tables, JSON, logs, signatures."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from ._example import Piece
from ._lexicon import lexicon
from ._scene import Scene

# A label's list in the lexicon → the slots that may stand after it.
_FIELDS: dict[str, tuple[str, ...]] = {
    "label_name": ("full", "full", "listed", "caps"),
    "label_given": ("given", "givens"),
    "label_family": ("family",),
    "label_street": ("street", "street", "address"),
    "label_town": ("town", "ziptown", "place"),
    "label_zip": ("zip",),
    "label_region": ("region", "town"),
    "label_country": ("country",),
    "label_org": ("org", "company"),
    "label_doctor": ("full", "full", "listed", "initialled"),
    "label_hospital": ("hospital",),
    "label_address": ("address", "block"),
    "label_birthplace": ("town", "place"),
    "label_date": ("date",),
    "label_id": ("id",),
    "label_phone": ("phone",),
    "label_email": ("email",),
    "label_age": ("age",),
    "label_sex": ("sex",),
    "label_job": ("job",),
    "label_nat": ("nat",),
    "label_other": ("noun", "product", "money", "disease", "n", "url"),
}
_SEPARATORS = (": ", ": ", ":  ", ":", " : ", ":\t", " - ", "\t", ":\n", "= ")
_ENDS = ("\n", "\n", "\n", ".\n", "; ", " | ", "  ", ", ", ".\n", "\n\n")


def form(scene: Scene) -> list[Piece]:
    """Labelled fields in one style: label, separator, value, end."""
    rng = scene.rng
    labels = rng.sample(tuple(_FIELDS), rng.randint(2, 12))
    if rng.random() < 0.7:
        labels.sort(key=tuple(_FIELDS).index)
    separator, end = rng.choice(_SEPARATORS), rng.choice(_ENDS)
    style = rng.choice((str, str, str, str.upper, str.lower))
    pieces: list[Piece] = []
    for label in labels:
        pieces += [(style(rng.choice(lexicon(scene.language)[label])) + separator, "")]
        pieces += [*scene.fill(rng.choice(_FIELDS[label]), "1"), (end, "")]
    return pieces


def table(scene: Scene) -> list[Piece]:
    """Rows of a CSV or of a Markdown table."""
    rng = scene.rng
    columns = rng.sample(tuple(_FIELDS), rng.randint(2, 7))
    if not set(columns) & {"label_name", "label_family", "label_street", "label_org", "label_town"}:
        columns.append("label_name")
    joint = rng.choice((",", ";", "\t", " | ", "|", ", "))
    quote = rng.choice(("", "", '"'))
    slots = [rng.choice([slot for slot in _FIELDS[column] if slot != "block"]) for column in columns]
    pieces: list[Piece] = []
    if rng.random() < 0.6:
        header = joint.join(rng.choice(lexicon(scene.language)[column]) for column in columns)
        pieces.append((header + "\n", ""))
    for _ in range(rng.randint(1, 5)):
        pieces += _row(scene, slots, joint, quote)
    return pieces


def _row(scene: Scene, slots: list[str], joint: str, quote: str) -> list[Piece]:
    pieces: list[Piece] = []
    for number, slot in enumerate(slots):
        pieces += [(joint if number else "", ""), (quote, ""), *scene.fill(slot, ""), (quote, "")]
    return [*((text.replace("\n", " "), kind) for text, kind in pieces), ("\n", "")]


def json_object(scene: Scene) -> list[Piece]:
    """A JSON object, on one line or several."""
    rng = scene.rng
    labels = rng.sample(tuple(_FIELDS), rng.randint(2, 7))
    break_ = rng.choice((" ", "\n  ", ""))
    pieces: list[Piece] = [("{" + break_, "")]
    for number, label in enumerate(labels):
        key = rng.choice(lexicon(scene.language)[label]).lower().replace(" ", rng.choice(("_", "", " ")))
        pieces += [("," + (break_ or " ") if number else "", ""), (f'"{key}": "', "")]
        pieces += [
            (text.replace("\n", rng.choice(("\\n", ", ", " "))), kind)
            for text, kind in scene.fill(rng.choice(_FIELDS[label]), "")
        ]
        pieces.append(('"', ""))
    return [*pieces, (break_.rstrip(" ") + "}", "")]


def signature(scene: Scene) -> list[Piece]:
    """The end of a letter or of a mail: a name and what stands below it."""
    rng = scene.rng
    lines: list[list[Piece]] = [scene.fill(rng.choice(("full", "full", "full", "given", "caps")), "1")]
    rest = [
        ("job",),
        ("org",),
        ("block",),
        ("address",),
        ("phone",),
        ("email",),
        ("url",),
        ("ziptown",),
        ("school",),
    ]
    for (slot,) in rng.sample(rest, rng.randint(0, 4)):
        prefix = (
            f"{rng.choice(lexicon(scene.language)['label_' + slot])}: "
            if slot in ("phone", "email") and rng.random() < 0.5
            else ""
        )
        lines.append([(prefix, ""), *scene.fill(slot, "1")])
    opening = rng.choice(lexicon(scene.language)["closing"]) + rng.choice((",\n", "\n", ",\n\n", "\n\n", " "))
    joint = rng.choice(("\n", "\n", "\n", "\n", " | ", ", ", "\n\n"))
    pieces: list[Piece] = [(opening, "")] if rng.random() < 0.7 else []
    for number, line in enumerate(lines):
        pieces += [(joint if number else "", ""), *line]
    return pieces


def label_block(scene: Scene) -> list[Piece]:
    """An address label: who, perhaps an organisation, and the lines of the address."""
    rng = scene.rng
    pieces = scene.fill(rng.choice(("full", "full", "caps", "listed")), "1")
    if rng.random() < 0.3:
        title = rng.choice(lexicon(scene.language)["title"])
        pieces = [(f"{title} ", ""), *pieces]
    if rng.random() < 0.35:
        pieces += [("\n", ""), *scene.fill("org", "1")]
    if rng.random() < 0.1:
        pieces += [("\nc/o ", ""), *scene.fill("full", "")]
    slot = rng.choices(("block", "marked", "military", "address"), (8, 1, 1, 1))[0]
    gap = rng.choice(("\n", "\n", "\n", "\n\n", "\n ", ", "))
    return [*pieces, (gap, ""), *scene.fill(slot, "1"), (rng.choice(("", "", "\n", "\n\n")), "")]


def attendees(scene: Scene) -> list[Piece]:
    """A list of people: who came, who is in copy, who wrote the paper."""
    rng = scene.rng
    slot = rng.choice(("full", "full", "listed", "initialled", "given", "family"))
    joint = rng.choice((", ", ", ", "; ", "\n", "\n- ", " / ", "\n* ", "\n1. ", " · "))
    pieces: list[Piece] = [
        (rng.choice(lexicon(scene.language)["label_people"]) + rng.choice((": ", ":\n", " ")), "")
    ]
    count = rng.randint(2, 7)
    for number in range(count):
        last = number == count - 1 and joint == ", " and rng.random() < 0.6
        separator = f" {lexicon(scene.language)['and'][0]} " if last else joint
        pieces += [(separator if number else "", ""), *scene.fill(slot, "")]
        if rng.random() < 0.15:
            pieces += [(" (", ""), *scene.fill(rng.choice(("org", "town", "country", "job")), ""), (")", "")]
    return pieces


def log(scene: Scene) -> list[Piece]:
    """Lines of a log or of a chat, with a stamp and who speaks."""
    rng = scene.rng
    stamp = rng.choice(("[{t}] ", "{d} {t} ", "{t} - ", "", ""))
    pieces: list[Piece] = []
    for _ in range(rng.randint(1, 4)):
        shown = stamp.format(t=f"{rng.randint(0, 23):02}:{rng.randint(0, 59):02}", d="2024-03-01")
        name = scene.fill(rng.choice(("given", "given", "full", "caps")), rng.choice("12"))
        said = rng.choice(lexicon(scene.language)["said"])
        pieces += [(shown, ""), *name, (f": {said}\n", "")]
    return pieces


FORMS: dict[str, Callable[[Scene], list[Piece]]] = {
    "form": form, "table": table, "json": json_object, "signature": signature, "label": label_block, "people": attendees, "log": log,
}  # fmt: skip
WEIGHTS = {"form": 10, "table": 3, "json": 2, "signature": 5, "label": 7, "people": 3, "log": 3}


def draw(rng: Random) -> str:
    return rng.choices(tuple(WEIGHTS), tuple(WEIGHTS.values()))[0]
