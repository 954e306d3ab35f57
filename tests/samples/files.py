"""A small file of each kind that is read, with personal data in it."""

import io
import json
from collections.abc import Callable, Mapping
from functools import cache

VALUES = ("john@example.com", "+44 20 7946 0958", "4111 1111 1111 1111", "12 March 1980")
ROWS = [{"id": number, "note": f"ask {value} again", "value": value} for number, value in enumerate(VALUES)]


def text_file() -> bytes:
    """Lines, in UTF-8."""
    return "\n".join(f"{row['id']}: {row['note']}, naïve" for row in ROWS).encode()


def wide_text_file() -> bytes:
    """The same in UTF-16 with its mark."""
    return text_file().decode().encode("utf-16")


def csv_file() -> bytes:
    """Three columns with a header."""
    return (
        "id,note,value\n" + "".join(f'{row["id"]},"{row["note"]}",{row["value"]}\n' for row in ROWS)
    ).encode()


def json_file() -> bytes:
    """Values at some depth, with escapes."""
    return json.dumps(
        {"rows": ROWS, "deep": [{"a\u0301": "joh\u006e@example.com"}, 4111111111111111]}
    ).encode()


def jsonl_file() -> bytes:
    """A row a line."""
    return "".join(json.dumps(row) + "\n" for row in ROWS).encode()


@cache
def docx_file() -> bytes:
    """Paragraphs, a table."""
    import docx

    made, written = docx.Document(), io.BytesIO()
    for row in ROWS:
        made.add_paragraph(str(row["note"]))
    made.add_table(1, 1).cell(0, 0).text = VALUES[0]
    made.save(written)
    return written.getvalue()


@cache
def parquet_file() -> bytes:
    """Three columns, one row group."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    written = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(ROWS), written)
    return written.getvalue()


@cache
def pdf_file() -> bytes:
    """One page with one line (ISO 32000-1, 7.5)."""
    page = f"BT /F1 12 Tf 72 700 Td (ask {VALUES[0]} again) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 5 0 R/Resources<</Font<</F1 3 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(page), page),
    ]
    data, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj%s endobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 6\n0000000000 65535 f \n" + table
    return data + head + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(data)


FILES: Mapping[str, Callable[[], bytes]] = {
    "a.txt": text_file,
    "wide.txt": wide_text_file,
    "a.csv": csv_file,
    "a.json": json_file,
    "a.jsonl": jsonl_file,
    "a.docx": docx_file,
    "a.parquet": parquet_file,
    "a.pdf": pdf_file,
}
