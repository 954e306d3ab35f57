"""A text of a document that reads as one, in the runs that it is written in, and how it is written anew."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

_ESCAPED = {'"': "&quot;", "'": "&apos;"}
_FOR_ADDRESSES = (("<", "%3C"), (">", "%3E"))


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text: what it says, and where it is written (`end` 0: written otherwise, as a tab is).

    `tag_end` is where its tag ends when it does not say that spaces at the edges count.
    """

    text: str
    begin: int = 0
    end: int = 0
    tag_end: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """Text that reads as one. `name` is its context, `place` the element or attribute that holds it, where
    that is no paragraph; an address writes `<` as `%3C`. `by_form`: it is no prose, and names of people are
    not looked for. `is_given`: it is a name that somebody gave to a part of the document.
    """

    runs: tuple[Run, ...]
    name: str = ""
    place: str = ""
    is_address: bool = False
    by_form: bool = False
    is_given: bool = False

    @property
    def reading(self) -> str:
        """The text as it is looked into, as long as it is: in properties `_` joins words."""
        is_plain = not self.place or self.is_given or self.is_address
        return self.text if is_plain else self.text.replace("_", " ")

    @property
    def text(self) -> str:
        """All of it."""
        text = "".join(run.text for run in self.runs)
        return _exchanged(text, back=True) if self.is_address else text


@dataclass(frozen=True, slots=True)
class Edit:
    """`new` in the place of a passage's text from `start` to `end`."""

    start: int
    end: int
    new: str


def edited(xml: str, changes: Sequence[tuple[Passage, Sequence[Edit]]]) -> str:
    """The part with the edits (in order, not overlapping) of some of its passages."""
    pieces = sorted(
        (written for passage, edits in changes for written in _written(passage, edits)),
        key=lambda piece: piece[0],
    )
    parts, done = [], 0
    for begin, end, text in pieces:
        parts += [xml[done:begin], text]
        done = end
    return "".join([*parts, xml[done:]])


def _written(passage: Passage, edits: Sequence[Edit]) -> Iterator[tuple[int, int, str]]:
    """Where and with what each run of a passage is written anew."""
    if passage.is_address:
        run = passage.runs[0]
        text = _exchanged(_replaced(passage.text, 0, edits), back=False)
        yield run.begin, run.end, escape(text, _ESCAPED)
        return
    place = 0
    for run in passage.runs:
        text = _replaced(run.text, place, edits)
        place += len(run.text)
        if run.end and text != run.text:
            if run.tag_end:
                yield run.tag_end, run.tag_end, ' xml:space="preserve"'
            yield run.begin, run.end, escape(text, _ESCAPED)


def _replaced(text: str, place: int, edits: Sequence[Edit]) -> str:
    """A run's text with the edits that touch it; a new text stands where its value begins."""
    pieces, done = [], 0
    for edit in edits:
        start, end = edit.start - place, edit.end - place
        if end <= 0 or start >= len(text):
            continue
        pieces += [text[done : max(0, start)], edit.new if start >= 0 else ""]
        done = min(len(text), end)
    return "".join([*pieces, text[done:]])


def _exchanged(text: str, *, back: bool) -> str:
    for plain, written in _FOR_ADDRESSES:
        text = text.replace(written, plain) if back else text.replace(plain, written)
    return text
