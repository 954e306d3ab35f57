"""Examples without end, the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from . import _forms
from ._example import LANGUAGES, Example, Piece, join
from ._noise import disturbed
from ._scene import Scene
from ._templates import Template, templates

_FORM_SHARE = 0.2
_LONG_SHARE = 0.22
_JOINTS = (" ", " ", " ", "\n", "\n\n", "\n", ". ")
# How often a domain is drawn for each template it has: small domains are not drowned by large ones.
_SPARE = 4


def examples(
    seed: int, count: int, languages: Sequence[str] = LANGUAGES, hold_out: bool = False
) -> Iterator[Example]:
    """`count` examples, evenly over `languages`, in a fixed order for a seed.

    `hold_out` draws people from the names kept out of training, and only from those.
    """
    rng = Random(f"{seed}/{hold_out}")  # noqa: S311 - text, not a secret
    for number in range(count):
        yield _example(Random(rng.getrandbits(64)), languages[number % len(languages)], hold_out)  # noqa: S311


def _example(rng: Random, language: str, hold_out: bool) -> Example:
    scene = Scene(rng, language, hold_out)
    pieces, source = _document(scene) if rng.random() < _LONG_SHARE else _part(scene)
    text, spans = join(disturbed(pieces, rng))
    return Example(text, spans, language, source, scene.origin)


def _part(scene: Scene) -> tuple[list[Piece], str]:
    if scene.rng.random() < _FORM_SHARE:
        name = _forms.draw(scene.rng)
        return _forms.FORMS[name](scene), f"form/{name}"
    template = _template(scene.rng, scene.language)
    return template.node.fill(scene.fill, scene.rng), template.domain


def _document(scene: Scene) -> tuple[list[Piece], str]:
    """Several parts, one after another, mostly about the same people."""
    joint = scene.rng.choice(_JOINTS)
    pieces: list[Piece] = []
    for number in range(scene.rng.randint(2, 6)):
        part, _ = _part(scene)
        pieces += [(joint if number else "", ""), *part]
    return pieces, "document"


def _template(rng: Random, language: str) -> Template:
    domains = templates(language)
    weights = [len(listed) + _SPARE for listed in domains.values()]
    return rng.choice(rng.choices(tuple(domains.values()), weights)[0])
