"""The bundled model's weights as float32 in the form that every subject reads: `python weights.py FOLDER`."""

import sys
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from aboveboard.models.likelihoods import read_source_at


def main(folder: str) -> None:
    files = read_source_at("").files
    given = {"gguf_file": files.name, "local_files_only": True}
    model = AutoModelForCausalLM.from_pretrained(files.parent, dtype=torch.float32, **given)
    # Plain numbers by now: what they were dequantised from is no part of what is saved.
    del model.config.quantization_config
    model.hf_quantizer = None
    model.save_pretrained(folder)
    AutoTokenizer.from_pretrained(files.parent, **given).save_pretrained(folder)
    (Path(folder) / ".ready").touch()


if __name__ == "__main__":
    main(*sys.argv[1:])
