"""The weights: those of the release or none at all."""

import hashlib
import io
import pickle
from importlib.resources import files

import numpy as np
import pytest

from aboveboard.privacy._words import WORDS_BEFORE
from aboveboard.privacy.tagger import WeightsError
from aboveboard.privacy.tagger._network import TOP
from aboveboard.privacy.tagger._weights import DIGEST_FILE, FILE, build_weights, parse_weights, weights

CONTENT = files("aboveboard.privacy.tagger").joinpath(FILE).read_bytes()


def packed(arrays: dict[str, np.ndarray]) -> tuple[bytes, str]:
    content = io.BytesIO()
    np.savez(content, **arrays)  # type: ignore[arg-type]  # mypy reads the names as savez's own options
    return content.getvalue(), hashlib.sha256(content.getvalue()).hexdigest()


def shipped() -> dict[str, np.ndarray]:
    with np.load(io.BytesIO(CONTENT)) as arrays:
        return dict(arrays)


def test_the_weights_are_small() -> None:
    assert len(CONTENT) < 2_000_000


def test_one_changed_byte_is_refused() -> None:
    changed = CONTENT[:-1] + bytes([CONTENT[-1] ^ 1])
    expected = files("aboveboard.privacy.tagger").joinpath(DIGEST_FILE).read_text("ascii").split()[0]
    with pytest.raises(WeightsError, match="another SHA-256"):
        parse_weights(changed, expected)


@pytest.mark.parametrize("name", ["words", "pieces", "matrices0", "bias1", "offsets0", "sureness"])
def test_a_wrong_shape_is_refused(name: str) -> None:
    arrays = shipped()
    arrays[name] = arrays[name][:-1]
    with pytest.raises(WeightsError, match="damaged"):
        parse_weights(*packed(arrays))


def test_a_missing_array_is_refused() -> None:
    arrays = shipped()
    del arrays["factor1"]
    with pytest.raises(WeightsError, match="damaged"):
        parse_weights(*packed(arrays))


def test_a_threshold_is_a_probability() -> None:
    with pytest.raises(ValueError, match="threshold"):
        build_weights(shipped() | {"threshold": np.array(1.0)})


def test_nothing_in_the_file_is_ever_run() -> None:
    content = pickle.dumps(print)
    with pytest.raises(WeightsError):
        parse_weights(content, hashlib.sha256(content).hexdigest())


def test_every_sum_of_the_network_is_exact_in_binary32() -> None:
    for layer in weights().rest:
        assert np.array_equal(layer.matrices, np.rint(layer.matrices))
        assert np.abs(layer.matrices).sum((0, 1)).max() * TOP < 2**24


def test_the_context_that_streams_keep_covers_the_window() -> None:
    assert weights().before < WORDS_BEFORE


def test_a_layer_must_read_the_token_itself() -> None:
    arrays = shipped()
    arrays["offsets0"] = arrays["offsets0"] + 9
    with pytest.raises(ValueError, match="offsets"):
        build_weights(arrays)
