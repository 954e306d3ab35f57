"""From pieces to what is computed: rows that hold each shared beginning once.

A row is one sequence for the model, in which a tree of texts lies node after node: every token attends to its
own ancestors only (a mask), and has the position it has in its text. Texts that begin alike so share their
beginning, whatever they are: the answers to one question, two sentences of a pair, all sentences that begin
with "The". No token is padding. What all texts of neighbouring rows share, such as worked examples, is their
`trunk`: it is read once and its keys and values are kept.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from aboveboard.models.likelihoods._encoding import Piece

ROOT = -1
ROW_TOKENS = 512
"""Tokens of a row on a processor: its matrix products gain little by more."""

_SHORTEST_TRUNK = 24
"""Tokens: reading fewer again costs less than a step of the model for them alone."""


@dataclass(frozen=True, slots=True)
class Options:
    """How rows are made. `tokens` a row holds at most, unless one text alone is longer.

    `share` and `trunks` can be switched off so that a benchmark can tell what each brings.
    """

    tokens: int = ROW_TOKENS
    share: bool = True
    trunks: bool = True


@dataclass(frozen=True, slots=True)
class Scored:
    """One piece in a row: for each of its scored tokens the node that predicts it."""

    piece: Piece
    nodes: tuple[int, ...]

    @property
    def targets(self) -> tuple[int, ...]:
        return self.piece.tokens[self.piece.start :]


@dataclass(frozen=True, slots=True)
class Row:
    """A tree after its trunk: the token, the parent (ROOT: the trunk's end) and the position of each node."""

    trunk: tuple[int, ...]
    tokens: tuple[int, ...]
    parents: tuple[int, ...]
    scored: tuple[Scored, ...]

    @property
    def positions(self) -> list[int]:
        depths: list[int] = []
        for parent in self.parents:
            depths.append(len(self.trunk) if parent == ROOT else depths[parent] + 1)
        return depths

    @property
    def cost(self) -> int:
        """Tokens to read, the trunk aside."""
        return len(self.tokens)


def plan_rows(pieces: Iterable[Piece], options: Options) -> list[Row]:
    """Rows for the distinct pieces, such that texts that begin alike are together; each piece is in one
    row."""
    ordered = sorted(dict.fromkeys(pieces), key=lambda piece: (piece.tokens, piece.start))
    groups = list(_cut(ordered, options))
    trunks = _trunks(groups) if groups and options.share and options.trunks else [0] * len(groups)
    return [_row(group, trunk, options.share) for group, trunk in zip(groups, trunks, strict=True)]


def _cut(pieces: Sequence[Piece], options: Options) -> Iterable[list[Piece]]:
    group: list[Piece] = []
    cost = 0
    for piece in pieces:
        fresh = len(piece.tokens) - 1
        known = _known(group[-1], piece) if group and options.share else 0
        # What adds nothing, such as another letter after the same long prompt, never makes a row of its own.
        if group and fresh > known and cost + fresh - known > options.tokens:
            yield group
            # What it shares with the row before will be the trunk of both.
            group, cost, known = [], 0, _trunk_of(known, piece, options)
        group.append(piece)
        cost += fresh - known
    if group:
        yield group


def _known(before: Piece, piece: Piece) -> int:
    """How many of its tokens are read already; the last token of a text is never read."""
    most = min(len(before.tokens), len(piece.tokens)) - 1
    return min(most, shared(before.tokens, piece.tokens))


def _trunk_of(known: int, piece: Piece, options: Options) -> int:
    length = min(known, piece.start - 1) if options.trunks else 0
    return length if length >= _SHORTEST_TRUNK else 0


def _trunks(groups: Sequence[Sequence[Piece]]) -> list[int]:
    """How many tokens of each group are its trunk: as many as all of it shares with the group before or
    after."""
    inner = [_common(group) for group in groups]
    between = [
        min(shared(left[0].tokens, right[0].tokens), inner[place], inner[place + 1])
        for place, (left, right) in enumerate(pairwise(groups))
    ]
    lengths = [max(before, after) for before, after in zip([0, *between], [*between, 0], strict=True)]
    return [length if length >= _SHORTEST_TRUNK else 0 for length in lengths]


def _common(group: Sequence[Piece]) -> int:
    """Tokens that all pieces share and that predict none of the scored ones. They are in order, so two
    tell."""
    whole = shared(group[0].tokens, group[-1].tokens)
    return max(0, min(whole, *(piece.start - 1 for piece in group)))


def shared(first: Sequence[int], second: Sequence[int]) -> int:
    """How many tokens two texts have in common from their beginning."""
    for place, (left, right) in enumerate(zip(first, second, strict=False)):
        if left != right:
            return place
    return min(len(first), len(second))


def _row(group: Sequence[Piece], trunk: int, share: bool) -> Row:
    tokens: list[int] = []
    parents: list[int] = []
    known: dict[tuple[int, int], int] = {}
    scored = []
    for number, piece in enumerate(group):
        path, parent = [], ROOT
        for token in piece.tokens[trunk:-1]:
            key = (parent, token) if share or parent != ROOT else (ROOT - 1 - number, token)
            if key not in known:
                known[key] = len(tokens)
                tokens.append(token)
                parents.append(parent)
            parent = known[key]
            path.append(parent)
        scored.append(Scored(piece, tuple(path[piece.start - 1 - trunk :])))
    return Row(group[0].tokens[:trunk], tuple(tokens), tuple(parents), tuple(scored))
