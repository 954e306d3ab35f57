"""Rows hold every text once, each token after its own ancestors, and no beginning twice."""

from hypothesis import given
from hypothesis import strategies as st

from aboveboard.models.likelihoods import Options, Piece, Row, plan_rows
from aboveboard.models.likelihoods._rows import ROOT, shared

TEXTS = st.lists(st.integers(1, 3), min_size=1, max_size=8)
PIECES = st.lists(
    TEXTS.flatmap(lambda text: st.builds(Piece, st.just((0, *text)), st.integers(1, len(text)))),
    max_size=30,
)
OPTIONS = st.builds(Options, st.integers(1, 40), st.booleans(), st.booleans())
SHOTS = tuple(range(100, 200))


def path(row: Row, node: int) -> tuple[int, ...]:
    """The tokens from the beginning of the text to a node."""
    tokens = []
    while node != ROOT:
        tokens.append(row.tokens[node])
        node = row.parents[node]
    return row.trunk + tuple(reversed(tokens))


@given(PIECES, OPTIONS)
def test_every_piece_is_in_one_row_and_each_scored_token_comes_after_its_own_text(
    pieces: list[Piece], options: Options
) -> None:
    rows = plan_rows(pieces, options)
    found = [scored.piece for row in rows for scored in row.scored]
    assert sorted(found, key=repr) == sorted(set(pieces), key=repr)
    for row in rows:
        for scored in row.scored:
            assert len(scored.nodes) == len(scored.targets) == scored.piece.scored
            for place, node in enumerate(scored.nodes, scored.piece.start):
                assert path(row, node) == scored.piece.tokens[:place]


@given(PIECES, OPTIONS)
def test_parents_come_first_and_positions_are_those_in_the_text(
    pieces: list[Piece], options: Options
) -> None:
    for row in plan_rows(pieces, options):
        for node, (parent, position) in enumerate(zip(row.parents, row.positions, strict=True)):
            assert parent < node
            assert position == len(path(row, node)) - 1


@given(PIECES, st.integers(1, 40))
def test_a_row_is_above_its_limit_only_for_one_text(pieces: list[Piece], tokens: int) -> None:
    for row in plan_rows(pieces, Options(tokens)):
        read = [scored.piece.tokens[:-1] for scored in row.scored]
        longest = max(read, key=len)
        assert row.cost <= tokens or all(longest[: len(each)] == each for each in read)


@given(PIECES)
def test_within_a_row_no_beginning_is_read_twice(pieces: list[Piece]) -> None:
    for row in plan_rows(pieces, Options(tokens=1000)):
        paths = [path(row, node) for node in range(row.cost)]
        assert len(set(paths)) == len(paths)


def test_letters_after_one_prompt_cost_the_prompt_alone() -> None:
    pieces = [Piece((0, 1, 2, 3, letter), 4) for letter in (7, 8, 9)]
    (row,) = plan_rows(pieces, Options())
    assert row.tokens == (0, 1, 2, 3)
    assert [scored.nodes for scored in row.scored] == [(3,), (3,), (3,)]


def test_letters_after_one_prompt_stay_together_however_long_it_is() -> None:
    pieces = [Piece((*SHOTS, letter), 100) for letter in (7, 8, 9)]
    (row,) = plan_rows(pieces, Options(tokens=20, trunks=False))
    assert row.tokens == SHOTS


def test_worked_examples_are_the_trunk_of_all_rows_and_count_for_none() -> None:
    pieces = [Piece((*SHOTS, question, 1, answer, 2), 102) for question in range(10) for answer in (3, 4)]
    rows = plan_rows(pieces, Options(tokens=20))
    assert {row.trunk for row in rows} == {SHOTS}
    # The first row is cut before anyone knows that it has a trunk, so its last beginning is read again.
    assert 10 * 4 <= sum(row.cost for row in rows) <= 10 * 4 + 2
    assert all(row.cost <= 20 for row in rows)


def test_nothing_that_is_scored_lies_in_the_trunk() -> None:
    pieces = [Piece((*SHOTS, last, 1), 50) for last in range(40)]
    rows = plan_rows(pieces, Options(tokens=10))
    assert all(row.trunk == SHOTS[:49] for row in rows)


def test_without_sharing_each_text_is_read_whole() -> None:
    pieces = [Piece((0, 1, 2, last), 1) for last in (3, 4)]
    (row,) = plan_rows(pieces, Options(share=False))
    assert row.tokens == (0, 1, 2, 0, 1, 2)


def test_shared_counts_the_common_beginning() -> None:
    assert shared((1, 2, 3), (1, 2, 4)) == 2
    assert shared((1, 2), (1, 2, 4)) == 2
    assert shared((), (1,)) == 0
