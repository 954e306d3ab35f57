"""What is held about a person, as one page that anybody can read and that opens offline."""

import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from aboveboard.cli.subject._page_words import PARTS, TITLES, field_words, kept_words, plain, split

_STYLE = """
:root{color-scheme:light dark;--ink:#1d2733;--soft:#51606f;--line:#c3ced9;--sheet:#fff;--box:#f3f6f9}
@media(prefers-color-scheme:dark){
:root{--ink:#e6edf3;--soft:#a3b1bf;--line:#36424e;--sheet:#10161c;--box:#1b232c}}
body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:var(--ink);
background:var(--sheet);overflow-wrap:anywhere}
h1,h2,h3,h4{line-height:1.25}h2{margin-top:2.5rem;border-bottom:1px solid var(--line)}
h3{margin:2rem 0 .2rem}h4{margin:1rem 0 .2rem}
.soft{color:var(--soft);margin:.2rem 0}
dl{display:grid;grid-template-columns:minmax(7rem,14rem) 1fr;gap:.25rem 1rem;margin:.5rem 0}
dl+dl{border-top:1px solid var(--line);padding-top:.5rem}
dt{color:var(--soft)}dd{margin:0}
pre,.said{white-space:pre-wrap;background:var(--box);padding:.6rem;margin:.3rem 0;border-radius:.3rem}
pre{font-size:.85em}summary{cursor:pointer;color:var(--soft)}ul{padding-left:1.2rem}
@media(max-width:34rem){dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.5rem}}
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def holdings_page(found: Mapping[str, Any]) -> str:
    """The page as HTML; everything that came from outside is escaped."""
    kept = {kept_words(rule): length for rule, length in found["kept"].items()}
    body = "".join(
        [
            "<h1>What is held about you</h1>",
            f"<p>Drawn on {_text(found['drawn'])}. You are known here as "
            f"<code>{_text(found['person'])}</code>, a name only the operator's key connects with you.</p>",
            _controller(found["controller"]),
            _section("Who gets your data", _facts(found["recipients"], "No charter says.")),
            _section("How long it is kept", _pairs(kept, as_words=False) or "<p>No charter says.</p>"),
            _section("What you agreed to", _facts(found["consents"], "You were asked for no consent.")),
            _section("Holds", _facts(found["holds"], "Nothing stands in the way of an erasure.")),
            _section("Cases", _facts(found["cases"], "None.")),
            _section("What was made from your data", _tree(found["made_from_it"]) or "<p>Nothing.</p>"),
            _section("The records", "".join(map(_record, found["records"])) or "<p>None.</p>"),
            _section("Your rights", "".join(f"<p>{_text(each)}</p>" for each in found["rights"])),
        ]
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width"><title>What is held about you</title>'
        f"<style>{_STYLE}</style></head><body><main>{body}</main></body></html>\n"
    )


def _section(title: str, content: str) -> str:
    return f"<section><h2>{_text(title)}</h2>{content}</section>"


def _controller(found: Mapping[str, str] | None) -> str:
    if found is None:
        return "<p>The charter was not at hand, so this page does not say who is accountable.</p>"
    return _section("Who is accountable", _pairs(found))


def _pairs(found: Mapping[str, Any], *, as_words: bool = True) -> str:
    """Names and values; never a table, whose columns a telephone has no room for."""
    rows = "".join(
        f"<dt>{_text(field_words(name) if as_words else name)}</dt><dd>{_value(value)}</dd>"
        for name, value in found.items()
    )
    return f"<dl>{rows}</dl>" if rows else ""


def _facts(found: Sequence[Mapping[str, Any]] | None, nothing: str) -> str:
    return "".join(map(_pairs, found)) if found else f"<p>{_text(nothing)}</p>"


def _tree(branches: Sequence[Mapping[str, Any]]) -> str:
    items = "".join(f"<li>{_branch(each)}</li>" for each in branches)
    return f"<ul>{items}</ul>" if items else ""


def _branch(branch: Mapping[str, Any]) -> str:
    if branch.get("again"):
        return f"{_text(branch['name'])} (see above)"
    return f"{_text(branch['name'])}{_tree(branch['made_from_it'])}"


def _record(record: Mapping[str, Any]) -> str:
    title = TITLES.get(record["kind"], field_words(record["kind"]))
    until = f", kept until {_text(record['kept_until'])}" if record["kept_until"] else ""
    first, rest = split(record["kind"], record["content"])
    parts = "".join(_attachment(each) for each in sorted(record["attachments"], key=_by_telling))
    frame = {
        "record": record["id"],
        "entry_in_ledger": record["entry_in_ledger"],
        "recorded_by": record["by"],
    }
    return (
        f"<article><h3>{_text(title)}</h3><p class='soft'>{_text(record['time'])}{until}</p>{_pairs(first)}"
        f"{parts}<details><summary>All of this record</summary>{_pairs(frame | rest)}</details></article>"
    )


def _by_telling(attachment: Mapping[str, Any]) -> tuple[bool, bool, str]:
    """Texts before bytes, what was asked before what was answered."""
    return "base64" in attachment, attachment["name"] != "prompt", attachment["name"]


def _attachment(attachment: Mapping[str, Any]) -> str:
    name = f"<h4>{_text(PARTS.get(attachment['name'], attachment['name']))}</h4>"
    if "base64" in attachment:
        return (
            f"{name}<p class='soft'>{attachment['bytes']} bytes that are no text; the JSON file has them.</p>"
        )
    if "text" in attachment:
        return name + _said(attachment["text"])
    messages = attachment["json"]
    if isinstance(messages, list) and all(isinstance(each, dict) and "text" in each for each in messages):
        return name + "".join(map(_message, messages))
    return f"{name}<pre>{_laid_out(messages)}</pre>"


def _message(message: Mapping[str, Any]) -> str:
    """One turn of a conversation; what else there is of it is shown, too."""
    rest = {name: value for name, value in message.items() if name not in ("role", "text", "index")}
    role = f"<p class='soft'>{_text(message['role'])}:</p>" if "role" in message else ""
    return role + _said(message["text"]) + _pairs(rest)


def _said(text: Any) -> str:
    words = text if isinstance(text, str) else json.dumps(text, ensure_ascii=False)
    return f"<div class='said'>{escape(words)}</div>"


def _value(value: Any) -> str:
    return f"<pre>{_laid_out(value)}</pre>" if isinstance(value, dict | list | tuple) else _text(value)


def _laid_out(value: Any) -> str:
    return escape(json.dumps(value, indent=1, ensure_ascii=False))


def _text(value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return escape(plain(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
