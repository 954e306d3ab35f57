"""Folding is character by character, however it is worked out."""

from hypothesis import example, given
from hypothesis import strategies as st

from aboveboard.values import normalise


@given(st.text(max_size=60))
@example("｀a‘b’")  # the first folds to what stands for a quote elsewhere
@example("".join(map(chr, range(0xFF01, 0xFF20))))
def test_a_text_folds_as_its_characters_do(text: str) -> None:
    if text.isascii():
        assert normalise(text).text == text
        return
    folded = [normalise(f"{each}é").text[:-1] for each in text]
    normal = normalise(text)
    assert normal.text == "".join(folded)
    origin = [index for index, each in enumerate(folded) for _ in each]
    assert [normal.span(at, at + 1)[0] for at in range(len(normal.text))] == origin
