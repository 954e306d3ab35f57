"""The training script: the same seed gives the same bytes, what it learns is what the run time reads.

Needs PyTorch (`tagger/requirements.in`), which the project itself does without.
"""

import importlib
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from aboveboard.privacy.tagger._reader import Reader
from aboveboard.privacy.tagger._weights import TAGS, build_weights

from .tiny_examples import TinyExample, tiny_examples

pytestmark = pytest.mark.train


@pytest.fixture(scope="module")
def kit() -> Any:
    """The training code, which stands beside the package, and PyTorch; imported when a test runs."""
    sys.path.insert(0, str(Path(__file__).parents[3]))
    parts = ("torch", "tagger.train", "tagger.batches", "tagger.encoding", "tagger.exporting")
    return SimpleNamespace(**{name.rpartition(".")[2]: importlib.import_module(name) for name in parts})


def told(_: str) -> None:
    """Nobody looks on."""


def test_the_same_seed_gives_the_same_bytes(kit: Any, tmp_path: Path) -> None:
    quick = kit.train.Options(steps=60, batch=800)
    digests = {
        kit.exporting.save(
            kit.exporting.arrays_of(kit.train.train(tiny_examples(1, 400), quick, told)), tmp_path / str(turn)
        )
        for turn in range(2)
    }
    assert len(digests) == 1


def test_the_command_gives_the_same_digest_twice(tmp_path: Path) -> None:
    """In processes of their own, which order sets and hashes differently."""
    script = Path(__file__).parents[3] / "tagger/train.py"
    quick = ("--examples", "150", "--open", "0", "--steps", "30", "--batch", "500")
    digests = set()
    for turn in ("1", "2"):
        done = subprocess.run(
            [sys.executable, str(script), *quick, "--into", str(tmp_path / turn)],
            env=os.environ | {"PYTHONHASHSEED": turn, "OMP_NUM_THREADS": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        digests.add((tmp_path / turn / "weights.sha256").read_text())
    assert len(digests) == 1


def test_what_was_learned_is_found_at_run_time(kit: Any) -> None:
    network = kit.train.train(tiny_examples(1, 3_000), kit.train.Options(steps=150, batch=1_500), told)
    reader = Reader(build_weights(kit.exporting.arrays_of(network)))
    examples = list(tiny_examples(2, 200))
    right = sum(spans(reader, example.text) == set(example.spans) for example in examples)
    assert right >= 180


def spans(reader: Reader, text: str) -> set[tuple[int, int, str]]:
    return {(item.start, item.end, item.type) for item in reader.read(text).findings()}


def test_the_whole_numbers_say_what_the_network_says(kit: Any) -> None:
    network = kit.train.Network()
    with kit.torch.no_grad():
        network.words.weight.uniform_(-0.5, 0.5)
    reader = Reader(build_weights(kit.exporting.arrays_of(network)))
    texts = [example.text for example in tiny_examples(3, 50)]
    agree = [(tags_of(kit, network, text) == reader.read(text).tags).mean() for text in texts]
    assert np.mean(agree) > 0.95


def tags_of(kit: Any, network: Any, text: str) -> np.ndarray:
    vocabulary = kit.encoding.Vocabulary()
    encoded = kit.encoding.encode([TinyExample(text, ())], vocabulary, seed=0)
    batches = kit.batches.Batches(encoded, vocabulary, network, 0)
    batches.forget_nothing()
    tokens = np.concatenate((np.zeros(network.before), encoded.tokens, np.zeros(network.after)))
    with kit.torch.no_grad():
        vectors = batches.vectors(network, kit.torch.from_numpy(tokens.astype(np.int64)), 0.0)
        return np.asarray(network.eval()(vectors).argmax(1))


def test_tags_follow_the_spans_through_folding(kit: Any) -> None:
    text = "Ask An\u200bna Ek."
    tokens, tags = kit.encoding.tag_tokens(text, [(4, 12, "person")])
    assert tokens == ["Ask", " Anna", " Ek", "."]
    assert [TAGS[tag] for tag in tags] == ["O", "B-person", "I-person", "O"]


def test_the_command_line_has_the_usual_options_by_default(kit: Any) -> None:
    chosen = kit.train.parser().parse_args([])
    usual = kit.train.Options()
    assert (chosen.seed, chosen.steps, chosen.batch) == (usual.seed, usual.steps, usual.batch)
    assert isinstance(chosen.seed, int)
