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
from aboveboard.models.likelihoods._torch_rows import RowReader
from aboveboard.models.likelihoods._weights import Source

_MOST_LOGITS = 1 << 27
"""Numbers in one table of logits (512 MiB); rows are made smaller for large vocabularies."""

_LONGEST_UNKNOWN = 1 << 30
_TOLERANCE, _ROUGH = 1e-3, 0.5
"""Nats by which a small tree may differ from its texts, in float32 and in half the width."""

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
        options = self.options
        left = plan_rows(pieces, options)[::-1]
        while left:
            row = left.pop()
            found = self._attempt(row, moments=moments)
            if found is None and (len(row.scored) > 1 or row.trunk):
                options = Options(max(self.smallest, row.cost // 2), options.share, trunks=False)
                left += plan_rows((scored.piece for scored in row.scored), options)[::-1]
                continue
            yield from collection.take(row, found or _too_large(self.limits, row), moments=moments)

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


def open_engine(source: Source, row_tokens: int) -> Engine:
    """Loads the weights; raises ModelMissingError."""
    source.check()
    torch.set_num_threads(source.threads)
    tokenizer, model = _load(source)
    reader = RowReader(model, torch.device(source.device))
    vocabulary = int(model.get_output_embeddings().weight.shape[0])
    tokens = max(16, min(row_tokens, _MOST_LOGITS // vocabulary))
    engine = Engine(tokenizer, reader, _limits(tokenizer, model, source.where), Options(tokens))
    _choose_form(engine)
    return engine


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


def _choose_form(engine: Engine) -> None:
    """Trees are read only by a model that tells of a small one what it tells of its texts one by one.

    Models that slide a window over a text, that have no attention or number places their own way do not.
    """
    pieces = [Piece((engine.limits.first, *tokens), 1) for tokens in engine.encode_all(_TRIAL)]
    packed = _trial(engine, pieces, engine.options)
    plain = Options(tokens=1, share=False, trunks=False)
    engine.reader.is_plain = True
    alone = _trial(engine, pieces, plain)
    if not alone:  # a model without `logits_to_keep`
        engine.reader.all_logits = True
        alone = _trial(engine, pieces, plain)
        engine.reader.is_plain = False
        packed = _trial(engine, pieces, engine.options)
    rough = _TOLERANCE if engine.reader.model.dtype == torch.float32 else _ROUGH
    engine.reader.is_plain = not _are_close(packed, alone, rough)
    if engine.reader.is_plain:
        engine.options = plain


def _trial(engine: Engine, pieces: list[Piece], options: Options) -> dict[Piece, float]:
    """What is told of each piece; nothing when the model does not take what it is given."""
    try:
        return {
            scored.piece: told.logprob
            for row in plan_rows(pieces, options)
            for scored, told in zip(row.scored, engine.reader.read(row), strict=True)
        }
    except (TypeError, ValueError, RuntimeError, IndexError):
        return {}


def _are_close(first: Mapping[Piece, float], second: Mapping[Piece, float], rough: float) -> bool:
    return first.keys() == second.keys() and all(abs(first[one] - second[one]) < rough for one in first)


def _too_large(limits: Limits, row: Row) -> ModelRefusedError:
    return ModelRefusedError(
        f"a text of {row.cost} tokens does not fit into memory", status=413, where=limits.where
    )
