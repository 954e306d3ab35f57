"""Texts that look like personal data and hold none: how often is something found in them?

All of it is generated here from fixed seeds, ten thousand words and more a category. Dates of logs and hosts
of documentation are what they say, so `date`, `domain` and names are counted apart. `python
hard_negatives.py` prints what our finders find in ten thousand words.
"""

import argparse
from collections import Counter
from collections.abc import Callable, Mapping
from random import Random

WORDS = 10_000
APART = frozenset({"date", "domain", "person", "place", "organisation", "address"})
"""Types that these texts do hold, or that are names: counted apart."""

Write = Callable[[Random], str]


def texts() -> Mapping[str, list[str]]:
    """Texts by category; the same on every call."""
    return {name: _enough(name, write) for name, write in CATEGORIES.items()}


def _enough(name: str, write: Write) -> list[str]:
    chance, written, words = Random(f"hard negatives: {name}"), list[str](), 0
    while words < WORDS:
        text = "\n".join(write(chance) for _ in range(12))
        written.append(text)
        words += len(text.split())
    return written


def _hex(chance: Random, length: int) -> str:
    return "".join(chance.choices("0123456789abcdef", k=length))


def _digits(chance: Random, length: int) -> str:
    return str(chance.randint(1, 9)) + "".join(chance.choices("0123456789", k=length - 1))


def _version(chance: Random) -> str:
    return ".".join(str(chance.randint(0, 30)) for _ in range(chance.choice((2, 3, 3, 3, 4))))


_PARTS = [
    "parser",
    "scheduler",
    "cache",
    "encoder",
    "router",
    "planner",
    "buffer",
    "index",
    "loader",
    "compiler",
    "queue",
    "renderer",
]
_VERBS = [
    "fix",
    "speed",
    "up",
    "rewrite",
    "drop",
    "support",
    "document",
    "test",
    "simplify",
    "deprecate",
    "rename",
    "extend",
    "guard",
]
_THINGS = [
    "empty input",
    "long lines",
    "nested lists",
    "time zones",
    "large files",
    "retries",
    "unicode",
    "rounding",
    "timeouts",
]


def _changelog(chance: Random) -> str:
    first, second, third = (_version(chance) for _ in range(3))
    return chance.choice(
        (
            f"## {first} - {chance.choice(_VERBS)} the {chance.choice(_PARTS)} for "
            f"{chance.choice(_THINGS)} (#{chance.randint(100, 99999)})",
            f"Upgrade from v{first} to v{second}; requires libfoo >= {third} and python "
            f"3.{chance.randint(8, 14)}.",
            f"* {chance.choice(_PARTS)}-{first}.tar.gz replaces "
            f"{chance.choice(_PARTS)}_{second}-{chance.randint(1, 9)}_amd64.deb",
            f"Build {_digits(chance, 5)}.{_digits(chance, 4)} of release {first} passes on kernel "
            f"{third}-generic",
            f"See section {first} and clause {second} for the {chance.choice(_PARTS)} ({_hex(chance, 7)}).",
            f"firmware {first} build {_digits(chance, 8)}, driver version {third}, API level "
            f"{chance.randint(20, 35)}",
        )
    )


def _isbn13(chance: Random) -> str:
    body = "978" + _digits(chance, 9)
    check = -sum(int(digit) * (1 + 2 * (place % 2)) for place, digit in enumerate(body)) % 10
    return f"{body[:3]}-{body[3]}-{body[4:8]}-{body[8:]}-{check}"


def _issn(chance: Random) -> str:
    body = _digits(chance, 7)
    rest = -sum(int(digit) * (8 - place) for place, digit in enumerate(body)) % 11
    return f"{body[:4]}-{body[4:]}{'X' if rest == 10 else rest}"


_SUBJECTS = [
    "fluid mechanics",
    "set theory",
    "soil chemistry",
    "glaciers",
    "graph colouring",
    "bird song",
    "queueing",
    "optics",
]


def _library(chance: Random) -> str:
    subject, pages = chance.choice(_SUBJECTS), chance.randint(90, 900)
    return chance.choice(
        (
            f"A handbook of {subject}, {chance.randint(2, 9)}th edition, ISBN {_isbn13(chance)}, "
            f"{pages} pages.",
            f"ISBN-13: {_isbn13(chance).replace('-', '')} and its companion on {subject}, ISBN "
            f"{_isbn13(chance)}",
            f"Journal of {subject}, ISSN {_issn(chance)}, vol. {chance.randint(1, 99)}, no. "
            f"{chance.randint(1, 12)}, pp. {pages}-{pages + 17}",
            f"doi:10.{chance.randint(1000, 9999)}/s{_digits(chance, 5)}-{chance.randint(10, 23):03d}"
            f"-{_digits(chance, 5)}-{chance.randint(0, 9)} on {subject}",
            f"https://doi.org/10.{chance.randint(1000, 9999)}/j.{subject.split()[0]}"
            f".{chance.randint(2000, 2023)}.{_digits(chance, 6)}",
            f"arXiv:{chance.randint(10, 23)}{chance.randint(1, 12):02d}.{_digits(chance, 5)}"
            f"v{chance.randint(1, 4)},"
            f" shelf mark QA{_digits(chance, 3)}.{_digits(chance, 2)} B{_digits(chance, 2)}",
            f"LCCN {_digits(chance, 10)}, OCLC {_digits(chance, 9)}, PMID {_digits(chance, 8)}, "
            f"PMCID PMC{_digits(chance, 7)}",
        )
    )


_GOODS = [
    "hinges",
    "filters",
    "lamps",
    "cables",
    "gaskets",
    "shelves",
    "brackets",
    "pumps",
    "tiles",
    "batteries",
]


def _orders(chance: Random) -> str:
    goods, count = chance.choice(_GOODS), chance.randint(2, 400)
    return chance.choice(
        (
            f"Order {_digits(chance, 10)} for {count} {goods} ships on invoice {_digits(chance, 8)}.",
            f"Invoice no. INV-{chance.randint(2019, 2025)}-{_digits(chance, 6)}: {count} {goods} "
            f"at {count}.{chance.randint(10, 99)} EUR",
            f"tracking number {_digits(chance, 12)} (parcel {_digits(chance, 13)}), pallet "
            f"{_digits(chance, 4)}",
            f"Tracking 1Z{_hex(chance, 6).upper()}{_digits(chance, 10)} is in transit with {count} {goods}",
            f"order number: {_digits(chance, 3)}-{_digits(chance, 7)}-{_digits(chance, 7)}, "
            f"reference {_digits(chance, 9)}",
            f"SKU {_digits(chance, 6)}-{_digits(chance, 3)}, batch {_digits(chance, 8)}, EAN "
            f"{_digits(chance, 13)}, {goods}",
            f"Bestellung {_digits(chance, 9)}, Rechnungsnummer {_digits(chance, 11)}, {count} Stück",
            f"pedido {_digits(chance, 8)}, factura {_digits(chance, 10)}; commande "
            f"{_digits(chance, 9)}, facture {_digits(chance, 7)}",
            f"ticket {_digits(chance, 6)} in queue {chance.randint(1, 40)}, serial "
            f"{_hex(chance, 10).upper()}",
        )
    )


def _hashes(chance: Random) -> str:
    uuid = "-".join(_hex(chance, length) for length in (8, 4, 4, 4, 12))
    return chance.choice(
        (
            f"commit {_hex(chance, 40)}",
            f"    {chance.choice(_VERBS)} the {chance.choice(_PARTS)} for {chance.choice(_THINGS)}",
            f"{_hex(chance, 64)}  {chance.choice(_PARTS)}-{_version(chance)}.tar.gz",
            f"sha256:{_hex(chance, 64)} md5:{_hex(chance, 32)}",
            f"request {uuid} was served from {chance.choice(_PARTS)} {uuid[:8]}",
            f"index {_hex(chance, 7)}..{_hex(chance, 7)} 100644",
            f"{_hex(chance, 7)} {chance.choice(_VERBS)} {chance.choice(_PARTS)} (#{_digits(chance, 4)})",
            f'etag: W/"{_hex(chance, 16)}", digest {_hex(chance, 12)}, node {_hex(chance, 24)}',
            f"integrity sha512-{''.join(chance.choices('ABCDEFGHabcdefghijklmnop0123456789+/', k=86))}==",
        )
    )


_LEGAL = (
    "This program is free software: you can use it under the terms of the public licence as published.",
    "The licensee shall not sublicense, publish or republish the licensed work except as the "
    "licence permits.",
    "Neither the public body nor its suppliers accept liability for publication in the public interest.",
    "Permission is hereby granted, free of charge, to deal in the work without restriction.",
    "Any driver of change in public policy must be applicable to the whole published accounts.",
    "The account of events in section {a} does not account for the provisions of article {b}.",
    "A passport to success is not a licence to print money; the public plate of the press is number {a}.",
    "Under clause {a}.{b} the parties pass title to the goods, and the licence ends after {c} days.",
    "Call it a public good: the text of paragraph {a} reaches every reader of part {b}.",
    "The tax on publication is {a} per cent in {c} of {b} cases, and no identity of interest is presumed.",
    "Regulation (EU) {y}/{c} amends Directive {y}/{b}/EU; see recital {a} and annex {b}.",
    "This policy insures against loss of records; the record of the chart is kept for {a} months.",
    "In case no. {a}/{b} the court held, at {c}, that social security is a public task of the state.",
)


def _legal(chance: Random) -> str:
    values = {name: chance.randint(2, 400) for name in "abc"} | {"y": chance.randint(2001, 2024)}
    return chance.choice(_LEGAL).format(**values)


_CODE = (
    "def {f}({a}, {b}=None, *, {c}: int = {n}) -> list[str]:",
    "    return [{a} for {a} in {b}[{n}:{m}] if {a}.{f}({n}) != {x}]",
    "@property\n    def {a}(self): return self._{a} or {n}.{m}",
    "import {a}.{b} as {c}; from {a}.{f} import {b}, {c}",
    "for (int i = 0; i < {n}; ++i) {{ {a}[i] = {b}->{f}({x}, {m}); }}",
    "std::vector<std::pair<int, {A}>> {a} = {{ {{ {n}, {B}::{f}() }} }};",
    "public static final long {A}_{B} = {long}L; // {a} of the {b}",
    "@Override public {A} {f}({B} {b}) {{ return new {A}({b}, {x}); }}",
    "const {{ {a}, {b} }} = require('./{c}/{f}.js'); export default {a} => {b}.{f}({n});",
    "SELECT {a}, COUNT(*) FROM {b} WHERE {c} > {n} GROUP BY {a} HAVING SUM({f}) < {m};",
    "fn {f}<'a>({a}: &'a [u8], {b}: usize) -> Result<{A}, {B}> {{ Ok({a}[{n}..{m}].into()) }}",
    "const color = '#{hex}'; margin: {n}px {m}px; rgba({n}, {m}, {n}, 0.{m})",
    "assert {f}(0x{hex8}, {long}) == ({n}, {m}), '{a} {b}'",
    "{a} = np.array([[{n}, {m}], [{m}, {n}]], dtype=np.float32) @ {b}[:, ::-{n}]",
    'if err := {a}.{f}(ctx, {n}); err != nil {{ return fmt.Errorf("{b}: %w", err) }}',
    "$ make -j{n} {a} && ./{b} --{c}={m} --token-limit {n} < {f}.txt > /dev/null",
)


def _code(chance: Random) -> str:
    names = {name: chance.choice(_PARTS) for name in "abcf"} | {
        name: chance.choice(_PARTS).title() for name in "AB"
    }
    numbers = {
        "n": chance.randint(1, 99),
        "m": chance.randint(100, 9999),
        "x": hex(chance.randint(16, 65535)),
    }
    extra = {"long": _digits(chance, 12), "hex": _hex(chance, 6), "hex8": _hex(chance, 8)}
    return chance.choice(_CODE).format(**names, **numbers, **extra)


def _table(chance: Random) -> str:
    separator = chance.choice((",", ";", "\t", " | ", "  ", " "))
    width = chance.randint(4, 9)
    cells = (
        lambda: str(chance.randint(0, 10 ** chance.randint(1, 9))),
        lambda: f"{chance.uniform(-500, 9000):.{chance.randint(1, 6)}f}",
        lambda: f"{chance.randint(1, 999)},{chance.randint(0, 999):03d}" if separator == "\t" else "0",
        lambda: f"{chance.randint(0, 100)}%",
        lambda: f"{chance.uniform(0, 9):.2e}",
    )
    return separator.join(chance.choice(cells)() for _ in range(width))


_SCIENCE = (
    "The sample was heated to {n} °C for {m} min at {n}.{m} kPa and weighed ({x:.4f} ± {y:.4f} mg).",
    "We measured {x:.3f} nm (n = {m}, p < 0.0{n}) against {y:.3f} nm before, a rise of {n}.{m}%.",
    "Fig. {n} shows the flux at {m} GHz; Table {n}.{k} lists {m} sources with S/N > {k} [{n}, {m}].",
    "A buffer of {m} mM NaCl, {n} mM Tris-HCl, pH {k}.{k}, was run at {m} V for {n} min on a {k}% gel.",
    "The mean residence time was {m} years in {n} of {m} cores, {k} days after sampling every {n} weeks.",
    "Strain ATCC {m}{n} and accession NM_{long}.{k} gave identical reads of {m} bp ({n}x coverage).",
    "CAS {cas}, m/z {m}.{n} [M+H]+, {x:.4f} mol/L, retention {k}.{n} min, yield {n}%.",
    "The angle was 2θ = {n}.{m}°, with a lattice constant of {x:.4f} Å and {m} reflections.",
    "Over {m} generations, {n} lines of maize aged {k} weeks were selected at {n}° of slope.",
    "A dose of {n} mg/kg every {k} h for {n} days lowered the count from {m} to {n} (95% CI {n}-{m}).",
)


def _science(chance: Random) -> str:
    numbers = {"n": chance.randint(2, 98), "m": chance.randint(100, 999), "k": chance.randint(2, 9)}
    floats = {"x": chance.uniform(0, 50), "y": chance.uniform(0, 50)}
    cas = f"{_digits(chance, 5)}-{chance.randint(10, 99)}-{chance.randint(0, 9)}"
    return chance.choice(_SCIENCE).format(**numbers, **floats, cas=cas, long=_digits(chance, 6))


def _log(chance: Random) -> str:
    day = f"{chance.randint(2018, 2025)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
    clock = f"{chance.randint(0, 23):02d}:{chance.randint(0, 59):02d}:{chance.randint(0, 59):02d}"
    part, thing = chance.choice(_PARTS), chance.choice(_THINGS)
    return chance.choice(
        (
            f"{day} {clock},{chance.randint(0, 999):03d} INFO [{part}] done with {thing} in "
            f"{chance.randint(1, 9999)} ms",
            f'{day}T{clock}.{_digits(chance, 6)}Z level=warn msg="slow {part}" '
            f"took={chance.randint(1, 99)}.{_digits(chance, 3)}s",
            f"[{_digits(chance, 5)}.{_digits(chance, 6)}] {part}: pid {_digits(chance, 5)} uses "
            f"{_digits(chance, 7)} kB",
            f"{_digits(chance, 10)}.{_digits(chance, 6)} {part} GET "
            f"/v{chance.randint(1, 4)}/{part}/{_digits(chance, 6)} 200 {_digits(chance, 5)}",
            f"{clock} worker-{chance.randint(1, 64)} {part}={_digits(chance, 8)} "
            f"queue={_digits(chance, 4)} offset={_digits(chance, 13)}",
            f"epoch {chance.randint(1, 90)}/{chance.randint(91, 200)} step {_digits(chance, 6)} "
            f"loss {chance.uniform(0, 4):.6f} lr {chance.uniform(0, 1):.2e}",
        )
    )


_MATHS = (
    "Let $f(x) = {n}x^{k} - {m}x + {n}$ with $x \\in [{k}, {m}]$; then $f'({k}) = {m}$.",
    "{n} + {m} = {m}{n}, {m} - {n} = {k}{k}, {n} * {m} / {k} ≈ {m}.{n}{k}{n}",
    "The first primes after {m} are {m}7, {m}9 and {n}{m}3; their sum is {long}.",
    "π ≈ 3.14159265358979, e ≈ 2.718281828459045, √{n} ≈ {k}.{m}{n}{m}{k}",
    "By lemma {n}.{k} the matrix [{n} {m} {k}; {k} {n} {m}; {m} {k} {n}] has rank {k}.",
    "1 2 3 5 8 13 21 34 55 89 144 233 377 610 987 1597 2584 4181 6765 and {long}",
    "C({m}, {k}) = {long}, {n}! ends in {k} zeros, and {m} ≡ {k} (mod {n}).",
    "P(A ∪ B) = 0.{m} + 0.{n} - 0.0{k}; odds {n}:{k}, ratio {m}/{n}, error 10^-{k}",
)


def _maths(chance: Random) -> str:
    numbers = {"n": chance.randint(11, 98), "m": chance.randint(100, 999), "k": chance.randint(2, 9)}
    return chance.choice(_MATHS).format(**numbers, long=_digits(chance, chance.randint(8, 18)))


_MAKERS = [
    "Nordlicht",
    "Vantix",
    "Kestro",
    "Omnira",
    "Zephon",
    "Tarvel",
    "Brightcore",
    "Lumora",
    "Pexel",
    "Quendix",
]
_KINDS = [
    "drill",
    "monitor",
    "router",
    "camera",
    "printer",
    "bicycle",
    "speaker",
    "keyboard",
    "thermostat",
    "projector",
]


def _products(chance: Random) -> str:
    model = (
        f"{chance.choice('ABCDEFGHKLMNPRSTVWXZ')}{chance.choice('ABCDEFGHKLMNPRSTVWXZ')}-{_digits(chance, 4)}"
    )
    maker, kind = chance.choice(_MAKERS), chance.choice(_KINDS)
    return chance.choice(
        (
            f"{maker} {model} {kind}, {chance.randint(10, 90)} W, {_digits(chance, 4)} x "
            f"{_digits(chance, 4)} px, grey",
            f"The {kind} {maker} {_digits(chance, 3)} Pro Max comes in {chance.randint(2, 9)} "
            f"colours from {_digits(chance, 3)}.99",
            f"Part number {model}/{_digits(chance, 2)}, replaces "
            f"{_digits(chance, 3)}-{_digits(chance, 4)} and {_digits(chance, 7)}-{chance.choice('ABC')}",
            f"CR{_digits(chance, 4)} cell, M{chance.randint(3, 12)}x{chance.randint(10, 60)} "
            f"screws, {_digits(chance, 2)}R{chance.randint(14, 22)} tyres, IP{chance.randint(54, 68)}",
            f"intel {chance.choice(('i5', 'i7'))}-{_digits(chance, 5)}H, "
            f"{2 ** chance.randint(2, 6)} GB DDR{chance.randint(3, 5)}, "
            f"{2 ** chance.randint(7, 12)} GB, RTX {_digits(chance, 4)}",
        )
    )


_FOOD = ["flour", "sugar", "butter", "rice", "lentils", "carrots", "cream", "oats", "spinach", "almonds"]


def _recipe(chance: Random) -> str:
    one, two = chance.sample(_FOOD, 2)
    return chance.choice(
        (
            f"{chance.randint(50, 900)} g {one}, {chance.randint(1, 9)}/{chance.randint(2, 9)} "
            f"cup {two}, {chance.randint(1, 6)} tbsp oil, a pinch of salt",
            f"Bake the {one} at {chance.randint(140, 240)} °C ({chance.randint(300, 475)} °F) for "
            f"{chance.randint(10, 90)} minutes.",
            f"Serves {chance.randint(2, 12)}; per serving {chance.randint(90, 900)} kcal, "
            f"{chance.randint(1, 60)} g fat, {chance.randint(1, 90)} g carbohydrates.",
            f"Let the {one} and {two} rest for {chance.randint(2, 48)} hours, then turn "
            f"{chance.randint(2, 9)} times; keeps {chance.randint(2, 9)} days.",
            f"Cheese aged {chance.randint(12, 36)} months goes with {two}; add "
            f"{chance.randint(1, 4)} to {chance.randint(5, 9)} cloves.",
        )
    )


_TEAMS = [
    "Rovers",
    "Wanderers",
    "Harriers",
    "Foxes",
    "Comets",
    "Pilots",
    "Miners",
    "Owls",
    "Rangers",
    "Sailors",
]


def _sports(chance: Random) -> str:
    home, away = chance.sample(_TEAMS, 2)
    one, two = chance.randint(0, 9), chance.randint(0, 9)
    return chance.choice(
        (
            f"{home} {one}:{two} {away} (half time {one // 2}:{two // 2}), attendance {_digits(chance, 5)}",
            f"{home} beat {away} 6-{chance.randint(0, 4)} 7-5 {chance.randint(0, 5)}-6 "
            f"6-{chance.randint(0, 3)} in {chance.randint(1, 4)}:{chance.randint(10, 59)}",
            f"After {chance.randint(10, 38)} rounds: {home} {chance.randint(20, 90)} points, "
            f"{away} {chance.randint(20, 90)}, goals {chance.randint(20, 90)}-{chance.randint(20, 90)}",
            f"100 m in {chance.randint(9, 12)}.{chance.randint(10, 99)} s, 1500 m in "
            f"3:{chance.randint(26, 59)}.{chance.randint(10, 99)}, long jump "
            f"{chance.randint(6, 8)}.{chance.randint(10, 99)} m",
            f"{away} won 101-{chance.randint(60, 99)} with 12-of-{chance.randint(20, 30)} "
            f"shooting and {chance.randint(20, 50)} rebounds, a {chance.randint(3, 9)}-game run",
        )
    )


CATEGORIES: Mapping[str, Write] = {
    "versions and changelogs": _changelog,
    "library numbers": _library,
    "orders and invoices": _orders,
    "hashes and commits": _hashes,
    "legal prose": _legal,
    "source code": _code,
    "tables": _table,
    "scientific text": _science,
    "logs": _log,
    "mathematics": _maths,
    "products": _products,
    "recipes": _recipe,
    "sports": _sports,
}


def main() -> None:
    """Prints false positives in ten thousand words, by category and type, and the types counted apart."""
    from aboveboard.privacy import PATTERN_TYPES, find, find_secrets

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", type=int, default=0, help="print so many findings of each category")
    options = parser.parse_args()
    total = 0.0
    for name, written in texts().items():
        words = sum(len(text.split()) for text in written)
        found = [
            (text, item) for text in written for item in [*find(text, PATTERN_TYPES), *find_secrets(text)]
        ]
        kinds = Counter(item.type for _, item in found)
        wrong = {kind: round(10_000 * n / words, 2) for kind, n in kinds.most_common() if kind not in APART}
        apart = {kind: round(10_000 * n / words, 2) for kind, n in kinds.most_common() if kind in APART}
        total += sum(wrong.values())
        print(f"{name}: {sum(wrong.values()):.2f} {wrong or ''} apart {apart}")
        for text, item in [each for each in found if each[1].type not in APART][: options.show]:
            print(
                f"    {item.type}: "
                f"…{text[max(0, item.start - 30) : item.start]}«{text[item.start : item.end]}»"
            )
    print(f"all: {total / len(CATEGORIES):.2f} in 10,000 words")


if __name__ == "__main__":
    main()
