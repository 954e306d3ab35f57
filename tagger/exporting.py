"""The trained network as the whole numbers that the run time reads."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import numpy as np
from tagger.network import CEILING, Network

from aboveboard.privacy.tagger._network import TOP
from aboveboard.privacy.tagger._weights import DIGEST_FILE, FILE, NAME_TYPES

_STEP = CEILING / TOP
_UNKNOWN = np.tile(np.array([1.0, 0.0, 0.0, 0.0]), (len(NAME_TYPES), 1))


def arrays_of(network: Network, *, lean: float = 0.0) -> dict[str, np.ndarray]:
    """The arrays of `build_weights`; `lean` is taken off the score of the tag for no name. What is
    sure enough is not known yet: all that is tagged (`tagger/calibrating.py` finds out).
    """
    tables = {"words": network.words.weight, "pieces": network.pieces.weight}
    arrays = {name: _rounded(np.asarray(table.detach()) * 127) for name, table in tables.items()}
    last = len(network.layers) - 1
    for number, layer in enumerate(network.layers):
        matrices, bias = (np.asarray(each.detach(), np.float64) for each in (layer.matrices, layer.bias))
        scale = np.maximum(np.abs(matrices).max((0, 1)), 1e-9) / 127
        given = 1 / 127 if number == 0 else _STEP
        taken = 1.0 if number == last else _STEP
        bias = bias / taken + (0.5 if number == 0 else 0.0)  # the first layer cuts off where others round
        bias[0] -= lean if number == last else 0.0
        arrays[f"offsets{number}"] = np.array(layer.offsets, np.int16)
        arrays[f"matrices{number}"] = _rounded(matrices / scale)
        arrays[f"factor{number}"] = (scale * given / taken).astype(np.float32)
        arrays[f"bias{number}"] = bias.astype(np.float32)
    return arrays | {"layers": np.int16(last + 1)} | sureness_of(_UNKNOWN, 1e-6)


def sureness_of(factors: np.ndarray, threshold: float) -> dict[str, np.ndarray]:
    """The arrays that say how sure a finding is, and how sure it must be; to four places, so that an order of
    additions changes no byte.
    """
    return {"sureness": np.round(factors, 4).astype(np.float32), "threshold": np.float64(threshold)}


def _rounded(values: np.ndarray) -> np.ndarray:
    return np.clip(np.rint(values), -127, 127).astype(np.int8)


def save(arrays: dict[str, np.ndarray], folder: Path) -> str:
    """Writes the weights and their digest; returns the digest. The same arrays give the same bytes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in sorted(arrays.items()):
            each = io.BytesIO()
            np.lib.format.write_array(each, np.asarray(array), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), each.getvalue(), zipfile.ZIP_DEFLATED)
    digest = hashlib.sha256(content.getvalue()).hexdigest()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE).write_bytes(content.getvalue())
    (folder / DIGEST_FILE).write_text(f"{digest}  {FILE}\n", "ascii")
    return digest
