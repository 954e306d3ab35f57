"""Loaded weights that answer likelihood requests: encode, plan rows, read them, put answers together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from aboveboard.models._errors import ModelError, ModelMissingError, ModelRefusedError
from aboveboard.models._likelihood import Likelihood, LikelihoodRequest, LikelihoodResult
from aboveboard.models.likelihoods._collect import Collection
from aboveboard.models.likelihoods._encoding import Limits, Piece, encode
from aboveboard.models.likelihoods._rows import Options, Row, plan_rows
from aboveboard.models.likelihoods._torch_attention import attend_by_runs
from aboveboard.models.likelihoods._torch_logits import last_layer
from aboveboard.models.likelihoods._torch_packed import pack
from aboveboard.models.likelihoods._torch_rows import RowReader, Way
from aboveboard.models.likelihoods._weights import Source

_LONGEST_UNKNOWN = 1 << 30
_TOLERANCE, _ROUGH = 1e-3, 0.5
"""Nats by which a small tree may differ from its texts, in float32 and in half the width."""

_PLAIN_WAYS = (Way(trees=False, logits="wanted"), Way(trees=False, logits="all"))
_WAYS = (Way(), Way(logits="wanted"), Way(logits="all"), *_PLAIN_WAYS)
"""From the cheapest to the one that every model knows."""

_ONE_BY_ONE = Options(tokens=1, share=False, trunks=False)
_ONE_ROW = Options(tokens=1 << 20, trunks=False)
_LONG_TRIAL = 56
"""Tokens that two longer texts share, and that each has of its own."""

_TRIAL = ("The first of two.", "The first of three, and some more.")


@dataclass(slots=True)
class Engine:
    """Weights in memory, used from one thread."""

    tokenizer: Any
    reader: RowReader
    limits: Limits
    options: Options
    smallest: int = field(default=16)

    def tell(self, requests: Sequence[LikelihoodRequest]) -> Iterator[LikelihoodResult]:
        """Every request's result exactly once."""
        encoded = encode(requests, self.encode_all, self.limits)
        yield from ((place, one) for place, one in enumerate(encoded) if isinstance(one, ModelRefusedError))
        collection = Collection(requests, encoded)
        try:
            for detail, pieces in collection.pieces().items():
                yield from self._read(pieces, collection, moments=detail == "moments")
        finally:
            self.reader.forget()

    def _read(
        self, pieces: list[Piece], collection: Collection, *, moments: bool
    ) -> Iterator[LikelihoodResult]:
        """Smaller rows after the memory ran out; a single text that does not fit is refused."""
        left = self._plan(pieces)[::-1]
        while left:
            row = left.pop()
            found = self._attempt(row, moments=moments)
            if found is None and (len(row.scored) > 1 or row.trunk):
                left += self._smaller(row)[::-1]
                continue
            yield from collection.take(row, found or _too_large(self.limits, row), moments=moments)

    def _plan(self, pieces: Sequence[Piece]) -> list[Row]:
        """What is longer than an attention's window is a row of its own."""
        beyond = [piece for piece in pieces if len(piece.tokens) - 1 > self.reader.window]
        within = [piece for piece in pieces if len(piece.tokens) - 1 <= self.reader.window]
        return plan_rows(within, self.options) + plan_rows(beyond, _ONE_BY_ONE)

    def _smaller(self, row: Row) -> list[Row]:
        """Rows of half the tokens without a trunk; text by text where that leaves all in one row."""
        pieces = [scored.piece for scored in row.scored]
        half = Options(max(self.smallest, row.cost // 2), self.options.share, trunks=False)
        rows = plan_rows(pieces, half)
        return rows if len(rows) > 1 else plan_rows(pieces, _ONE_BY_ONE)

    def _attempt(self, row: Row, *, moments: bool) -> list[Likelihood] | None:
        """None when the memory does not hold the row."""
        try:
            return self.reader.read(row, moments=moments)
        except (torch.OutOfMemoryError, MemoryError):
            pass
        except RuntimeError as error:
            if "memory" not in str(error).lower():
                raise ModelError(f"the model failed: {error}", where=self.limits.where) from error
        self.reader.forget()
        return None

    def encode_all(self, texts: Sequence[str]) -> list[list[int]]:
        """The tokens of each text, with what the tokenizer itself puts before it and without a last token."""
        if not texts:
            return []
        ended = getattr(self.tokenizer, "add_eos_token", False)
        found: list[list[int]] = self.tokenizer(list(texts), add_special_tokens=not ended)["input_ids"]
        return found

    def next_token(self, turns: Sequence[Mapping[str, str]], top: int) -> dict[str, float]:
        """Natural-log probabilities of the most likely first tokens of an answer, by their text."""
        prompt = self.tokenizer.apply_chat_template(turns, add_generation_prompt=True, tokenize=False)
        tokens = self.tokenizer(prompt, add_special_tokens=False)["input_ids"]
        with torch.inference_mode():
            logits = self.reader.model(input_ids=torch.tensor([tokens], device=self.reader.device)).logits
        values, places = torch.log_softmax(logits[0, -1].float(), dim=-1).topk(min(top, logits.shape[-1]))
        found: dict[str, float] = {}
        for value, token in zip(values.tolist(), places.tolist(), strict=True):
            found.setdefault(self.tokenizer.decode([token]), value)
        return found


def open_engine(source: Source, row_tokens: int, *, quick: bool = True) -> Engine:
    """Loads the weights; raises ModelMissingError. `quick`: in the ways of this processor, where it has
    some."""
    source.check()
    torch.set_num_threads(source.threads)
    engine = _opened(source, row_tokens)
    if quick and not _is_quickened(engine):
        del engine  # before the weights are in memory once more
        engine = _opened(source, row_tokens)
    return engine


def _opened(source: Source, row_tokens: int) -> Engine:
    tokenizer, model = _load(source)
    limits = _limits(tokenizer, model, source.where)
    reader = RowReader(model, torch.device(source.device), _window(model.config, limits.longest))
    engine = Engine(tokenizer, reader, limits, Options(row_tokens))
    _choose_way(engine)
    return engine


def _is_quickened(engine: Engine) -> bool:
    """Packs the weights and attends by runs; whether the model still tells the same of a tree of some runs.

    Its weights are gone if it does not: load them again.
    """
    reader, pieces = engine.reader, _long_trial(engine)
    before = _trial(engine, pieces, reader.way, _ONE_ROW)
    try:
        attend_by_runs(reader.model)
        pack(reader.model.base_model)
        if reader.way.logits == "slices":
            reader.layer = last_layer(reader.model, pack=True)
    except (RuntimeError, MemoryError):
        return False
    return bool(before) and _are_close(_trial(engine, pieces, reader.way, _ONE_ROW), before, _rough(engine))


def _load(source: Source) -> tuple[Any, Any]:
    from safetensors import SafetensorError
    from transformers import AutoModelForCausalLM, AutoTokenizer
    from transformers.utils import logging

    logging.disable_progress_bar()
    files: Path = source.files
    given = {"gguf_file": files.name} if files.is_file() else {}
    folder = str(files.parent if given else files)
    local: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False, **given}
    try:
        tokenizer = AutoTokenizer.from_pretrained(folder, **local)
        model = AutoModelForCausalLM.from_pretrained(
            folder, dtype=getattr(torch, source.dtype), use_safetensors=True, **local
        )
        return tokenizer, model.to(source.device).eval()
    except (OSError, ValueError, RuntimeError, LookupError, TypeError, SafetensorError) as error:
        raise ModelMissingError(f"the weights cannot be loaded: {error}", where=str(files)) from error


def _limits(tokenizer: Any, model: Any, where: str) -> Limits:
    longest = getattr(model.config, "max_position_embeddings", None) or _LONGEST_UNKNOWN
    first = tokenizer.bos_token_id if tokenizer.bos_token_id is not None else tokenizer.eos_token_id
    if first is None:
        raise ModelMissingError("the tokenizer has no first token for a text", where=where)
    return Limits(int(first), int(longest), where)


def _choose_way(engine: Engine) -> None:
    """The first way by which the model tells of a small tree what it tells of its texts one by one.

    Models that have no attention or number places their own way read no trees; models that scale or bend
    their logits have no last layer that can be read by itself. What is tried is short: of windows the model
    has to tell (`_window`).
    """
    pieces = _trial_pieces(engine)
    whole = engine.options
    plainly = (_trial(engine, pieces, way, _ONE_BY_ONE) for way in _PLAIN_WAYS)
    alone: dict[Piece, float] = next(filter(None, plainly), {})
    for way in _WAYS if engine.reader.window else _PLAIN_WAYS:
        engine.options = whole if way.trees else _ONE_BY_ONE
        if _are_close(_trial(engine, pieces, way, whole), alone, _rough(engine)):
            return


def _window(config: Any, longest: int) -> int:
    """Tokens of the longest text that every layer sees whole: in a longer one a mask of ours would have a
    layer see what it does not. 0 where layers count from the row's beginning, as those of GPT-Neo do."""
    text = config.get_text_config()
    if getattr(text, "window_size", None):
        return 0
    found = [getattr(text, name, None) for name in ("sliding_window", "attention_chunk_size")]
    return min([longest, *(int(each) for each in found if each)])


def _trial_pieces(engine: Engine) -> list[Piece]:
    return [Piece((engine.limits.first, *tokens), 1) for tokens in engine.encode_all(_TRIAL)]


def _long_trial(engine: Engine) -> list[Piece]:
    """Two texts that begin alike, together long enough for three runs; the last tokens of each are told."""
    short, long = (list(piece.tokens) for piece in _trial_pieces(engine))
    same = (long * _LONG_TRIAL)[:_LONG_TRIAL]
    ends = ((end * _LONG_TRIAL)[:_LONG_TRIAL] for end in (short, long[1:]))
    texts = [(*same, *end)[: max(2, min(engine.limits.longest, engine.reader.window))] for end in ends]
    return [Piece(text, max(1, len(text) - 8)) for text in texts]


def _rough(engine: Engine) -> float:
    return _TOLERANCE if engine.reader.model.dtype == torch.float32 else _ROUGH


def _trial(engine: Engine, pieces: list[Piece], way: Way, options: Options) -> dict[Piece, float]:
    """What is told of each piece; nothing when the model does not take what it is given."""
    engine.reader.way = way
    try:
        return {
            scored.piece: told.logprob
            for row in plan_rows(pieces, options if way.trees else _ONE_BY_ONE)
            for scored, told in zip(row.scored, engine.reader.read(row), strict=True)
        }
    except (AttributeError, TypeError, ValueError, RuntimeError, IndexError):
        return {}


def _are_close(first: Mapping[Piece, float], second: Mapping[Piece, float], rough: float) -> bool:
    return first.keys() == second.keys() and all(abs(first[one] - second[one]) < rough for one in first)


def _too_large(limits: Limits, row: Row) -> ModelRefusedError:
    return ModelRefusedError(
        f"a text of {row.cost} tokens does not fit into memory", status=413, where=limits.where
    )
