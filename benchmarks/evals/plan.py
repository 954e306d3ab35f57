"""How many tokens a model reads of each set, and how many rows of logits it computes.

    ABOVEBOARD_DATA=… python benchmarks/evals/plan.py [--items N] [--row-tokens 512]

Whole sets, or as many items as `compare.py --items N` draws.

The plan alone tells that: only the bundled tokenizer is loaded. Needs the extra `train`.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from transformers import AutoTokenizer

sys.path.insert(0, str(Path(__file__).parents[1]))

from aboveboard.models import LikelihoodRequest
from aboveboard.models.likelihoods import (
    ROW_TOKENS,
    Limits,
    Options,
    Piece,
    Row,
    encode,
    plan_rows,
    read_source_at,
)
from aboveboard.models.likelihoods._rows import shared
from evals.items import SETS, Item, sample

_LONGEST = 8192


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--row-tokens", type=int, default=ROW_TOKENS)
    parser.add_argument("--items", type=int, default=0, help="of each set, drawn by lot; 0: all")
    options = parser.parse_args()
    weights = read_source_at("").files
    tokenizer = AutoTokenizer.from_pretrained(weights.parent, gguf_file=weights.name, local_files_only=True)
    table = {
        name: figures(pieces_of(sample(name, options.items), tokenizer), options.row_tokens) for name in SETS
    }
    print("| |", " | ".join(table), "|")
    print("|---|" + "---|" * len(table))
    for what in next(iter(table.values())):
        print(f"| {what} |", " | ".join(f"{each[what]:,}" for each in table.values()), "|")


def pieces_of(items: Sequence[Item], tokenizer: Callable[..., dict[str, list[list[int]]]]) -> list[Piece]:
    """Every text, those that come twice too."""
    asked = [LikelihoodRequest(i["context"], i["continuations"], form=i["form"]) for i in items]

    def encode_all(texts: Sequence[str]) -> list[list[int]]:
        return tokenizer(list(texts))["input_ids"] if texts else []

    encoded = encode(asked, encode_all, Limits(0, _LONGEST))
    return [piece for pieces in encoded if isinstance(pieces, dict) for piece in pieces.values()]


def figures(pieces: Sequence[Piece], row_tokens: int) -> dict[str, int]:
    """Tokens by what is done about them; the last token of a text is only looked up."""
    rows = plan_rows(pieces, Options(row_tokens))
    return {
        "every text by itself": sum(len(piece.tokens) - 1 for piece in pieces),
        "no text twice": sum(map(len, {piece.tokens[:-1] for piece in pieces})),
        "shared beginnings once in a row": _cost(plan_rows(pieces, Options(row_tokens, trunks=False))),
        "and trunks kept": _cost(rows),
        "rows of logits": sum(len({node for one in row.scored for node in one.nodes}) for row in rows),
    }


def _cost(rows: Sequence[Row]) -> int:
    """Tokens of rows and of what is read anew of their trunks."""
    cost, kept = 0, ()
    for row in rows:
        cost += row.cost + len(row.trunk) - shared(kept, row.trunk)
        kept = row.trunk or kept
    return cost


if __name__ == "__main__":
    main()
