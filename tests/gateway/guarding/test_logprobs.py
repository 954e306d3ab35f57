"""Of log-probabilities only tokens and numbers pass, and no alternative that could be somebody's."""

import pytest

from aboveboard.gateway.guarding._logprobs import logprobs


def passed(*alternatives: str) -> list[str]:
    entries = [{"token": each, "logprob": -1.0} for each in alternatives]
    found = logprobs({"content": [{"token": "yes", "logprob": -0.1, "top_logprobs": entries}]}, "yes")
    assert found is not None
    return [each["token"] for each in found["content"][0]["top_logprobs"]]


def test_pieces_of_words_and_numbers_pass() -> None:
    assert passed(" no", "Yes", "2026", "ß", "\n", " straightforward", ".") == [
        " no", "Yes", "2026", "ß", "\n", " straightforward", ".",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "said", ["+49 170 1234567", "ann@example.org", "41111111", "Ann Schmidt", "٠١٢٣٤٥٦٧", "x" * 17]
)
def test_what_no_guard_has_read_and_could_be_somebodys_does_not(said: str) -> None:
    assert passed(said, "no") == ["no"]
