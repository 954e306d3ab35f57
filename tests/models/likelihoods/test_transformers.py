"""The backend on a small random model made here: of trees it tells what the model tells of each text."""

import asyncio
import math
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aboveboard.models import (
    LikelihoodAnswer,
    LikelihoodModel,
    LikelihoodRequest,
    LikelihoodResult,
    ModelContextError,
    ModelError,
    ModelMissingError,
    ModelOptionError,
    whole_text,
)
from aboveboard.models.likelihoods import Options, read_source_at
from aboveboard.models.likelihoods._transformers import TransformersModel

SHOTS = "".join(f"question {n} answer {n}\n" for n in "abcdefghijklmnop")
REQUESTS = [
    *(LikelihoodRequest(f"{SHOTS}question {n} answer", {m: f" {m} {n}" for m in "xyz"}) for n in "qrstuv"),
    LikelihoodRequest("question", {"one": " a b c", "two": " a b d", "same": " a b c"}, detail="moments"),
    whole_text({"more": "question a answer b", "less": "question a answer c"}, detail="tokens"),
    LikelihoodRequest(f"{SHOTS}question x answer=", {n: n for n in "abcd"}, form="letter"),
]


@pytest.mark.parametrize("options", [{"dtype": "int8"}, {"pth": "x"}, {"threads": 0}])
def test_wrong_options_are_refused_at_once(options: Mapping[str, Any]) -> None:
    with pytest.raises(ModelOptionError):
        TransformersModel("m", options)


def test_a_folder_without_weights_says_what_is_wanted(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match="save_pretrained"):
        _ = TransformersModel("m", {"path": str(tmp_path)}).info


def test_it_offers_likelihoods() -> None:
    assert isinstance(TransformersModel("m", {}), LikelihoodModel)


def sums(results: Iterable[LikelihoodResult]) -> dict[int, list[float]]:
    """The sums of each request by its place; a failure has none."""
    return {
        place: [one.logprob for one in answer.likelihoods.values()]
        for place, answer in results
        if isinstance(answer, LikelihoodAnswer)
    }


def alone(
    engine: Any, model: Any, context: str, text: str
) -> tuple[list[float], list[tuple[float, float]], bool]:
    """What the model tells of one text by itself, the slow way."""
    import torch

    whole = engine.encode_all([context + text])[0]
    before = len(engine.encode_all([context])[0]) if context else 1
    tokens = whole if context else [0, *whole]  # a whole text comes after the first token
    with torch.inference_mode():
        logits = model(torch.tensor([tokens])).logits[0].double()
    rows, targets = torch.log_softmax(logits, -1)[before - 1 : -1], tokens[before:]
    each = [row[token].item() for row, token in zip(rows, targets, strict=True)]
    mean = (rows.exp() * rows).sum(-1)
    deviation = ((rows.exp() * rows.square()).sum(-1) - mean.square()).sqrt()
    greedy = rows.argmax(-1).tolist() == targets
    return each, list(zip(mean.tolist(), deviation.tolist(), strict=True)), greedy


@pytest.mark.train
@pytest.mark.parametrize(
    "options",
    [Options(64), Options(64, trunks=False), Options(64, share=False), Options(1), Options(4096)],
    ids=["default", "no trunks", "no sharing", "one text a row", "one row"],
)
def test_what_is_told_of_a_tree_is_what_is_told_of_each_text(
    engine: Any, model: Any, options: Options
) -> None:
    engine.options = options
    results = dict(engine.tell(REQUESTS))
    assert (engine.reader.way.trees, engine.reader.way.logits) == (True, "slices")
    assert sorted(results) == list(range(len(REQUESTS)))
    for place, request in enumerate(REQUESTS):
        answer = results[place]
        assert isinstance(answer, LikelihoodAnswer)
        for name, text in request.continuations.items():
            each, moments, greedy = alone(engine, model, request.context, text)
            told = answer.likelihoods[name]
            assert told.logprob == pytest.approx(math.fsum(each), abs=1e-4)
            assert (told.tokens, told.is_greedy) == (len(each), greedy)
            if request.detail != "sum":
                assert told.token_logprobs == pytest.approx(each, abs=1e-4)
            if request.detail == "moments":
                assert [m for m, _ in told.token_moments] == pytest.approx([m for m, _ in moments], abs=1e-4)
                assert [d for _, d in told.token_moments] == pytest.approx([d for _, d in moments], abs=1e-4)


@pytest.mark.train
def test_when_memory_runs_out_rows_become_smaller_and_the_answers_stay(
    engine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.options = Options(64)
    expected = sums(engine.tell(REQUESTS))
    read = type(engine.reader).read

    def tight(reader: Any, row: Any, *, moments: bool = False) -> Any:
        if row.cost > 30 and len(row.scored) > 1:
            raise RuntimeError("DefaultCPUAllocator: can't allocate memory")
        return read(reader, row, moments=moments)

    monkeypatch.setattr(type(engine.reader), "read", tight)
    found = sums(engine.tell(REQUESTS))
    assert found == {place: pytest.approx(each, abs=1e-4) for place, each in expected.items()}


@pytest.mark.train
def test_a_text_that_never_fits_is_refused_and_the_others_are_told(
    engine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.options = Options(64)
    read = type(engine.reader).read

    def full(reader: Any, row: Any, *, moments: bool = False) -> Any:
        if any(len(scored.piece.tokens) > 100 for scored in row.scored):
            raise MemoryError
        return read(reader, row, moments=moments)

    monkeypatch.setattr(type(engine.reader), "read", full)
    found = dict(engine.tell([whole_text({"x": "a" * 200}), whole_text({"x": "a b"})]))
    assert "does not fit" in str(found[0])
    assert isinstance(found[1], LikelihoodAnswer)


@pytest.mark.train
def test_a_model_that_cannot_read_trees_is_asked_text_by_text(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from aboveboard.models.likelihoods import _torch_rows
    from aboveboard.models.likelihoods._engine import open_engine

    whole = open_engine(read_source_at(str(folder)), 64)
    # A model that lets every token see all before it, whatever it is told.
    monkeypatch.setattr(_torch_rows, "ancestors", lambda parents: np.tri(len(parents), dtype=bool))
    blind = open_engine(read_source_at(str(folder)), 64)
    assert not blind.reader.way.trees
    monkeypatch.undo()
    expected, found = sums(whole.tell(REQUESTS)), sums(blind.tell(REQUESTS))
    assert found == {place: pytest.approx(each, abs=1e-4) for place, each in expected.items()}


@pytest.mark.train
def test_a_model_without_logits_to_keep_is_read_all_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import transformers

    from aboveboard.models.likelihoods import _torch_rows
    from aboveboard.models.likelihoods._engine import open_engine

    whole = open_engine(read_source_at(str(folder)), 64)
    forward = transformers.LlamaForCausalLM.forward

    def old(self: Any, input_ids: Any, **given: Any) -> Any:
        if "logits_to_keep" in given:
            raise TypeError("forward() got an unexpected keyword argument 'logits_to_keep'")
        return forward(self, input_ids=input_ids, **given)

    monkeypatch.setattr(transformers.LlamaForCausalLM, "forward", old)
    monkeypatch.setattr(_torch_rows, "last_layer", lambda model: None)
    other = open_engine(read_source_at(str(folder)), 64)
    assert (other.reader.way.trees, other.reader.way.logits) == (True, "all")
    expected = sums(other.tell(REQUESTS))
    monkeypatch.undo()
    assert sums(whole.tell(REQUESTS)) == {
        place: pytest.approx(each, abs=1e-4) for place, each in expected.items()
    }


@pytest.mark.train
def test_a_model_that_bends_its_logits_is_not_read_by_its_last_layer_alone(
    folder: Path, model: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    import transformers

    from aboveboard.models.likelihoods._engine import open_engine

    forward = transformers.LlamaForCausalLM.forward

    def bent(self: Any, *texts: Any, **given: Any) -> Any:
        output = forward(self, *texts, **given)
        output.logits = 2 * (output.logits / 2).tanh()
        return output

    monkeypatch.setattr(transformers.LlamaForCausalLM, "forward", bent)
    engine = open_engine(read_source_at(str(folder)), 64)
    assert (engine.reader.way.trees, engine.reader.way.logits) == (True, "wanted")
    ((_, answer),) = engine.tell([LikelihoodRequest("question", {"one": " a b"})])
    assert isinstance(answer, LikelihoodAnswer)
    each, _, _ = alone(engine, model, "question", " a b")
    assert answer.likelihoods["one"].logprob == pytest.approx(math.fsum(each), abs=1e-4)


@pytest.mark.train
def test_quick_products_and_attention_tell_what_plain_ones_tell(folder: Path) -> None:
    from aboveboard.models.likelihoods._engine import open_engine

    quick, plain = (open_engine(read_source_at(str(folder)), 4096, quick=each) for each in (True, False))
    assert implementations(quick, plain) == ["aboveboard-runs", "sdpa"]
    expected, found = sums(plain.tell(REQUESTS)), sums(quick.tell(REQUESTS))
    assert found == {place: pytest.approx(each, abs=1e-4) for place, each in expected.items()}


@pytest.mark.train
@pytest.mark.parametrize("what", ["pack", "runs", "no memory"])
def test_weights_that_a_quick_way_spoils_are_loaded_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    from aboveboard.models.likelihoods import _engine, _torch_attention

    def spoil(module: Any) -> None:
        for each in module.parameters():
            each.data.mul_(2)

    def too_large(module: Any) -> None:
        raise RuntimeError("can't allocate memory")

    plain = _engine.open_engine(read_source_at(str(folder)), 64, quick=False)
    if what == "runs":  # of each run the keys before it are forgotten
        whole = _torch_attention.Runs._run
        monkeypatch.setattr(
            _torch_attention.Runs, "_run", lambda runs, nodes: cut_short(whole(runs, nodes), nodes.start)
        )
    else:
        monkeypatch.setattr(_engine, "pack", spoil if what == "pack" else too_large)
    other = _engine.open_engine(read_source_at(str(folder)), 64)
    assert implementations(other) == ["sdpa"]
    assert sums(other.tell(REQUESTS)) == sums(plain.tell(REQUESTS))


def cut_short(run: Any, start: int) -> Any:
    kept = run.keys >= start
    return replace(run, keys=run.keys[kept], mask=run.mask[..., kept])


def small(folder: Path, config: type, model: type, **own: Any) -> Any:
    """Random weights of another architecture beside the same tokenizer."""
    import torch

    torch.manual_seed(0)
    made = model(config(vocab_size=257, hidden_size=32, initializer_range=0.3, **own)).eval()
    made.save_pretrained(folder)
    return made


@pytest.mark.train
@pytest.mark.parametrize("architecture", ["mistral", "gpt-neo"])
def test_a_text_longer_than_an_attention_window_is_told_as_the_model_tells_it(
    folder: Path, tmp_path: Path, architecture: str
) -> None:
    """A window longer than what is tried at opening. GPT-Neo's counts from the beginning of a row, so that
    short texts in a long row would be told wrongly too."""
    import transformers

    from aboveboard.models.likelihoods._engine import open_engine

    shutil.copytree(folder, tmp_path / "copy")
    if architecture == "mistral":
        own: Any = {"intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4}
        kinds = transformers.MistralConfig, transformers.MistralForCausalLM
        model = small(tmp_path / "copy", *kinds, sliding_window=64, num_key_value_heads=2, **own)
    else:
        own = {"num_layers": 2, "num_heads": 4, "attention_types": [[["global", "local"], 1]]}
        kinds = transformers.GPTNeoConfig, transformers.GPTNeoForCausalLM
        model = small(tmp_path / "copy", *kinds, window_size=64, **own)
    engine = open_engine(read_source_at(str(tmp_path / "copy")), 4096)
    assert engine.reader.way.trees == (architecture == "mistral")
    context, ends = (
        "question a answer b",
        {"long": " and so on and on" * 8, **{n: f" {n} c" for n in "abcdefgh"}},
    )
    ((_, answer),) = engine.tell([LikelihoodRequest(context, ends)])
    assert isinstance(answer, LikelihoodAnswer)
    for name, text in ends.items():
        each, _, _ = alone(engine, model, context, text)
        assert answer.likelihoods[name].logprob == pytest.approx(math.fsum(each), abs=1e-4)


def implementations(*engines: Any) -> list[str]:
    return [engine.reader.model.config._attn_implementation for engine in engines]


@pytest.mark.train
@pytest.mark.parametrize("damage", [b"", b"garbage", b"\xff" * 64])
def test_damaged_weights_are_no_traceback(folder: Path, tmp_path: Path, damage: bytes) -> None:
    from aboveboard.models.likelihoods._engine import open_engine

    shutil.copytree(folder, tmp_path / "copy")
    (tmp_path / "copy/model.safetensors").write_bytes(damage)
    with pytest.raises(ModelMissingError, match="cannot be loaded"):
        open_engine(read_source_at(str(tmp_path / "copy")), 64)


@pytest.mark.train
async def test_the_model_answers_in_its_thread_and_what_is_too_long_fails_alone(folder: Path) -> None:
    model = TransformersModel("m", {"path": str(folder)})
    await model.check_likelihoods(("moments",))
    found = {
        place: one async for place, one in model.likelihoods([whole_text({"x": "a" * 2000}), REQUESTS[0]])
    }
    assert isinstance(found[0], ModelContextError)
    assert isinstance(found[1], LikelihoodAnswer)
    await model.close()
    with pytest.raises(ModelError, match="closed"):
        await model.check_likelihoods()


@pytest.mark.train
async def test_reading_can_be_stopped_between_rows(folder: Path) -> None:
    model = TransformersModel("m", {"path": str(folder), "row_tokens": 16})
    many = [whole_text({"x": f"question {n}"}) for n in range(500)]
    seen = 0
    results = model.likelihoods(many)
    async for _ in results:
        seen += 1
        if seen == 3:
            break
    await results.aclose()
    await asyncio.wait_for(model.close(), 60)
    assert seen == 3
