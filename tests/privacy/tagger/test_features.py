"""What is known of a token by itself."""

from hypothesis import given
from hypothesis import strategies as st

from aboveboard.privacy.tagger._features import PIECE_ROWS, WORD_ROWS, features_of


@given(st.text(min_size=1, max_size=60))
def test_any_token_has_rows_in_the_tables(token: str) -> None:
    word, shape, pieces = features_of(token)
    assert 0 <= word < WORD_ROWS and 0 <= shape < WORD_ROWS
    assert all(0 <= piece < PIECE_ROWS for piece in pieces)


def test_case_and_spacing_change_the_shape_only() -> None:
    word, shape, pieces = features_of("Berlin")
    for other in ("berlin", "BERLIN", " Berlin"):
        assert features_of(other)[0] == word and features_of(other)[2] == pieces
        assert features_of(other)[1] != shape


def test_accents_change_the_word_but_not_its_pieces() -> None:
    assert features_of("José")[0] != features_of("Jose")[0]
    assert features_of("José")[2] == features_of("Jose")[2]


def test_words_with_a_common_end_share_pieces() -> None:
    shared = set(features_of("Jovanović")[2]) & set(features_of("Petrović")[2])
    assert len(shared) >= 4


def test_numbers_are_told_apart_by_length_and_years_by_their_century() -> None:
    assert features_of("12345") == features_of("67890")
    assert features_of("1234") != features_of("12345")
    assert features_of("1984")[0] == features_of("1985")[0] != features_of("2084")[0]
