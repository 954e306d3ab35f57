"""Text full of numbers that name nobody, generated from fixed seeds: catalogues, stock, logs, SQL, tables.

Written once, by the standards that the numbers follow, and never changed to please a finder.
"""

import base64
import hashlib
import math
import re
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from itertools import cycle
from random import Random

import numpy as np

_PAGES = 400
_LINES = 14


def catalogue() -> Iterator[str]:
    """Books, records, films and papers as libraries and shops list them."""
    return _pages("catalogue", _CATALOGUE)


def stock() -> Iterator[str]:
    """Orders, parcels, invoices and parts."""
    return _pages("stock", _STOCK)


def logs() -> Iterator[str]:
    """Services that log requests by identifiers."""
    return _pages("logs", _LOG)


def releases() -> Iterator[str]:
    """Versions, builds and firmware."""
    return _pages("releases", _RELEASE)


def laboratory() -> Iterator[str]:
    """Measurements, identifiers of substances, genes, stars and minerals."""
    return _pages("laboratory", _LABORATORY)


def sql() -> Iterator[str]:
    """A database of machines: how it is made, filled, asked and planned."""
    for number in range(_PAGES // 4):
        rng = Random(f"sql {number}")
        database = sqlite3.connect(":memory:")
        name, columns = f"t_{rng.choice(_PARTS)}_{number}", rng.sample(_COLUMNS, 6)
        database.execute(
            f"CREATE TABLE {name} (id INTEGER PRIMARY KEY, {', '.join(f'{c} {t}' for c, t in columns)})"
        )
        database.execute(f"CREATE INDEX ix_{number:04d} ON {name} ({columns[0][0]}, {columns[1][0]})")
        for _ in range(10):
            row = [_cell(rng, type_) for _, type_ in columns]
            database.execute(f"INSERT INTO {name} VALUES (NULL{', ?' * len(row)})", row)
        yield "\n".join(database.iterdump())
        first, second = columns[0][0], columns[1][0]
        query = f"SELECT * FROM {name} WHERE {first} > {rng.randrange(10**9)} ORDER BY {second} LIMIT 50"
        plan = ["|".join(map(str, row)) for row in database.execute(f"EXPLAIN {query}")]
        yield "\n".join((query, *plan))
        database.close()


def number_tables() -> Iterator[str]:
    """Functions, constants, sequences and random arrays in the forms that programs print them in."""
    for number in range(_PAGES // 2):
        rng = np.random.default_rng(number)
        shape = (int(rng.integers(4, 12)), int(rng.integers(3, 8)))
        array = rng.normal(0, 10.0 ** rng.integers(-3, 9), shape)
        with np.printoptions(precision=int(rng.integers(2, 9)), suppress=bool(number % 2)):
            yield str(array) if number % 3 else str(array.astype(np.int64))
        rows = zip(array, cycle(("\t", ", ", ";", "  ", " & ", " | ")), strict=False)
        yield "\n".join(between.join(f"{each:.6g}" for each in row) for row, between in rows)
        yield "\n".join(_sequence(number, place) for place in range(6))


def dumps() -> Iterator[str]:
    """Random bytes as tools print them: in hexadecimal, base64, digests, identifiers."""
    for number in range(_PAGES):
        block = b"".join(hashlib.sha256(f"{number} {part}".encode()).digest() for part in range(6))
        rows = [f"{at:08x}  {block[at : at + 16].hex(' ')}" for at in range(0, len(block), 16)]
        digests = [
            f"{hashlib.new(kind, block).hexdigest()}  part-{number}.bin" for kind in ("md5", "sha1", "sha256")
        ]
        names = [str(uuid.UUID(bytes=block[at : at + 16])) for at in (0, 16, 32)]
        encoded = base64.b64encode(block).decode()
        yield "\n".join((rows, digests, names, [encoded[:76], encoded[76:152]])[number % 4])


def _pages(name: str, templates: str) -> Iterator[str]:
    lines, rng = templates.strip().splitlines(), Random(f"held out: {name}")
    for _ in range(_PAGES):
        yield "\n".join(_filled(rng, rng.choice(lines)) for _ in range(_LINES))


def _filled(rng: Random, template: str) -> str:
    """`#` is a digit, the first of a row no nought; `$` a hexadecimal digit; `~` a capital letter."""
    text = re.sub(r"\{(\w+)\}", lambda match: _FIELDS[match[1]](rng), template)
    text = re.sub(r"#+", lambda match: _digits(rng, len(match[0])), text)
    text = re.sub(r"\$", lambda _: rng.choice("0123456789abcdef"), text)
    return re.sub(r"~", lambda _: rng.choice("ABCDEFGHJKLMNPRSTUVWXYZ"), text)


def _digits(rng: Random, length: int) -> str:
    return str(rng.randrange(10 ** (length - 1), 10**length))


def _ean(body: str) -> str:
    """GS1 General Specifications, 7.9: twelve digits and their check digit."""
    return body + str(-sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body)) % 10)


def _isbn10(rng: Random) -> str:
    """ISO 2108:1992."""
    body = _digits(rng, 9)
    rest = -sum(int(digit) * (10 - place) for place, digit in enumerate(body)) % 11
    return f"{body[0]}-{body[1:4]}-{body[4:]}-{'X' if rest == 10 else rest}"


def _version(rng: Random) -> str:
    return ".".join(str(rng.randrange(60)) for _ in range(rng.randint(2, 4)))


_TOPICS = (
    "tides",
    "roofs",
    "lichens",
    "bridges",
    "clocks",
    "weaving",
    "volcanoes",
    "fonts",
    "rivers",
    "maps",
)
_PARTS = (
    "pump",
    "valve",
    "rotor",
    "sensor",
    "relay",
    "hinge",
    "bearing",
    "fuse",
    "gasket",
    "nozzle",
    "clamp",
)
_SERVICES = ("ingest", "billing", "search", "render", "mailer", "worker", "thumbnailer", "sweeper", "indexer")
_METALS = ("copper", "zinc", "nickel", "tin", "iron", "cobalt", "silver", "tungsten")
_FIELDS: dict[str, Callable[[Random], str]] = {
    "topic": lambda rng: rng.choice(_TOPICS),
    "part": lambda rng: rng.choice(_PARTS),
    "service": lambda rng: rng.choice(_SERVICES),
    "metal": lambda rng: rng.choice(_METALS),
    "isbn10": _isbn10,
    "isbn13": lambda rng: _ean("97" + rng.choice("89") + _digits(rng, 9)),
    "gtin": lambda rng: _ean(_digits(rng, 12)),
    "version": _version,
    "uuid": lambda rng: str(uuid.UUID(int=rng.getrandbits(128))),
    "trace": lambda rng: f"{rng.getrandbits(128):032x}",
    "cursor": lambda rng: base64.b64encode(rng.randbytes(15)).decode(),
    "small": lambda rng: f"{rng.uniform(-5, 5):.3f}",
    "real": lambda rng: f"{rng.lognormvariate(2, 3):.6g}",
    "hour": lambda rng: f"{rng.randrange(24):02d}",
    "minute": lambda rng: f"{rng.randrange(60):02d}",
}
_COLUMNS = [
    ("serial_no", "INTEGER"),
    ("reading", "REAL"),
    ("digest", "TEXT"),
    ("checked_at", "INTEGER"),
    ("part_no", "TEXT"),
    ("weight_g", "REAL"),
    ("batch", "TEXT"),
    ("offset_bytes", "INTEGER"),
    ("is_spare", "INTEGER"),
]


def _cell(rng: Random, type_: str) -> object:
    if type_ == "INTEGER":
        return rng.randrange(10 ** rng.randint(1, 13))
    if type_ == "REAL":
        return round(rng.lognormvariate(3, 4), 4)
    return _filled(rng, rng.choice(("$$$$$$$$$$$$$$$$", "~~-######", "###/####")))


def _sequence(number: int, place: int) -> str:
    start = number + place
    match place:
        case 0:
            return f"{start}! = {math.factorial(start % 25)}, C({start}, 7) = {math.comb(start, 7)}"
        case 1:
            return " ".join(str(start**power) for power in range(1, 8))
        case 2:
            return (
                f"sin {start}° = {math.sin(math.radians(start)):.12f}; ln {start} = {math.log(start + 1):.9f}"
            )
        case 3:
            return f"sqrt({start}) = {math.sqrt(start):.15f}, 1/{start + 1} = {1 / (start + 1):.15f}"
        case 4:
            return " ".join(str(start * step) for step in range(101, 113))
        case _:
            return f"{start:b} {start:o} {start:x} {start:e} {2**start % 10**12} {3**start % 10**9}"


_CATALOGUE = """
On {topic}. 3rd rev. ed. ### p. : ill. ; 24 cm. ISBN {isbn10} (pbk.)
All about {topic}; {isbn13}; ##,## EUR; hardback
International journal of {topic} ##(#), ####-####. 10.####/~~~.#######
978 # ### ##### # | {topic} | shelf ###.### ~~~
ISRC ~~-~##-##-#####, ISWC T-###.###.###-#, #:{minute}
OCLC ocm########  LCCN ##-######  DDC ###.##  {topic}
Report ~~~-TR-##-#### on {topic}, NTIS ~~#########
EIDR 10.5240/$$$$-$$$$-$$$$-$$$$-~; reel ######
"""
_STOCK = """
PO ######## line ##: ### pcs {part} ~~####-##
Your parcel ########## (####################) left the depot; the {part} follows in parcel ##############.
Invoice ####-######, delivery note #########, customs tariff ####.##.####
GTIN {gtin} | lot ~####### | {part} | ## x ## mm
Order ###-#######-####### has # items ({part}), weight ##.### kg
Return ~~~######### for order no ######/##; credit note ##########
Container ~~~U ###### #, seal #######, ## t of {part}
Asset tag #####, serial number ~~##~######, {part}, bin ##-##-###
Case ######## closed: the {part} of machine #### ran ##### h; next check at ##### h
Auftrag ##########, Pos. ###; albarán #######; bon de livraison #########; ordine ########
"""
_LOG = """
17########.### {service}[#####]: traceparent=00-{trace}-$$$$$$$$$$$$$$$$-01 took ####us
{"ts":17###########,"svc":"{service}","req":"{uuid}","ms":###,"rows":#######}
17########.### {service}-$$$$$$$$$$-$$$$$ 0/1 CrashLoopBackOff ## (##s ago) node-###
I#### {hour}:{minute}:{minute}.###### ####### {service}.cc:###] shard #### of #####
GET /{service}/items/#########?page=##&cursor={cursor} 200 ######
[######.######] usb #-#: idVendor=$$$$, idProduct=$$$$, bcdDevice= #.##
message id ################## queued for {service} (partition ##, offset ############, lag #####)
job #######: {service} finished step #####/######, rss ########, seed ##########
$$$$$$$$$$$$  {service}:#.##  "{service} --shard=###"  Up ## hours  #####->####/tcp
"""
_RELEASE = """
{service}=={version}.dev###+g$$$$$$$$$
- {service}: {version} -> {version} (#####, $$$$$$$$)
lib{service}# #:{version}-#+b# amd64
BIOS ~##, microcode 0x$$$$$$$$, firmware {version}, bootloader ########
Release ####.##.##: fixes issues #####, ##### and merge request #### in {service}
toolchain {version}, ABI ##, SDK #####.####.##, patch level #########
requires {service} >= {version}, < ##.0 ; python_version >= '3.1#'
Section {version} of the standard replaces ##.#.## (see clause ##)
"""
_LABORATORY = """
{metal} ##.#### mg/L (RSD #.##%, n=##), sample ######-~
CAS #####-##-#, EC ###-###-#, UN ####, PubChem CID #######
ENSG###########.# chr##:########-######## rs######### p=#.#e-##
NGC ####, HD ######, HIP #####: V = ##.##, z = 0.####, {real} pc
PDB #~~~, UniProt ~#####, #.## Å, R = 0.###, ##### reflections
## h at ### °C and #.## bar gave ##.# % of {metal} oxide (### mesh)
Run ######, event #########: pT = ###.## GeV, η = {small}, χ²/ndf = #.##/##
Table ##: {small} (#.##) & {small} (#.##) & {real} (##.##) & {real} & ### & {small}
"""
