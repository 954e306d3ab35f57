"""What is held about a person, as one page that anybody can read and that opens offline."""

import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;color:#1d2733}"
    "table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.3rem .6rem;"
    "border-bottom:1px solid #c3ced9}pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f3f6f9;"
    "padding:.6rem}h2{margin-top:2.5rem}"
    "@media(prefers-color-scheme:dark){body{background:#10161c;color:#e6edf3}pre{background:#1b232c}}"
)
_FRAME_NAMES = {
    "decision": "An answer you were given",
    "appeal": "A challenge of yours to an answer",
    "feedback": "Feedback of yours",
    "incident": "Something a person had to look at",
    "review": "A decision on a case of yours",
    "consent": "A consent",
    "subject-request": "A request of yours about your data",
    "subject-access": "Your data were drawn for you",
    "rectification": "A correction",
    "legal-hold": "A reason not to erase your data yet",
}


def holdings_page(found: Mapping[str, Any]) -> str:
    """The page as HTML; everything that came from outside is escaped."""
    body = "".join(
        [
            "<h1>What is held about you</h1>",
            f"<p>Drawn on {_text(found['drawn'])}. You are known here as "
            f"<code>{_text(found['person'])}</code>, a name only the operator's key connects with you.</p>",
            _controller(found["controller"]),
            _section("Who gets your data", _table(found["recipients"], "No charter says.")),
            _section("How long it is kept", _pairs(found["kept"])),
            _section("What you agreed to", _table(found["consents"], "You were asked for no consent.")),
            _section("Holds", _table(found["holds"], "Nothing stands in the way of an erasure.")),
            _section("Cases", _table(found["cases"], "None.")),
            _section("What was made from your data", _tree(found["made_from_it"]) or "<p>Nothing.</p>"),
            _section("The records", "".join(map(_record, found["records"])) or "<p>None.</p>"),
            _section("Your rights", "".join(f"<p>{_text(each)}</p>" for each in found["rights"])),
        ]
    )
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>What is held about you</title>'
        f"<style>{_STYLE}</style><body>{body}</body></html>\n"
    )


def _section(title: str, content: str) -> str:
    return f"<h2>{_text(title)}</h2>{content}"


def _controller(found: Mapping[str, str] | None) -> str:
    if found is None:
        return "<p>The charter was not at hand, so this page does not say who is accountable.</p>"
    return _section("Who is accountable", _pairs(found))


def _pairs(found: Mapping[str, Any]) -> str:
    rows = "".join(
        f"<tr><th>{_words(name)}</th><td>{_text(value)}</td></tr>" for name, value in found.items()
    )
    return f"<table>{rows}</table>"


def _table(rows: Sequence[Mapping[str, Any]] | None, nothing: str) -> str:
    if not rows:
        return f"<p>{_text(nothing)}</p>"
    head = "".join(f"<th>{_words(name)}</th>" for name in rows[0])
    body = "".join(
        f"<tr>{''.join(f'<td>{_text(value)}</td>' for value in row.values())}</tr>" for row in rows
    )
    return f"<table><tr>{head}</tr>{body}</table>"


def _tree(branches: Sequence[Mapping[str, Any]]) -> str:
    items = "".join(f"<li>{_branch(each)}</li>" for each in branches)
    return f"<ul>{items}</ul>" if items else ""


def _branch(branch: Mapping[str, Any]) -> str:
    if branch.get("again"):
        return f"{_text(branch['name'])} (see above)"
    return f"{_text(branch['name'])}{_tree(branch['made_from_it'])}"


def _record(record: Mapping[str, Any]) -> str:
    title = _FRAME_NAMES.get(record["kind"], record["kind"])
    until = f", kept until {_text(record['kept_until'])}" if record["kept_until"] else ""
    attachments = "".join(map(_attachment, record["attachments"]))
    head = f"{_text(record['time'])}, record <code>{_text(record['id'])}</code>{until}"
    return f"<h3>{_text(title)}</h3><p>{head}</p>{_pairs(record['content'])}{attachments}"


def _attachment(attachment: Mapping[str, Any]) -> str:
    name = f"<h4>{_text(attachment['name'])}</h4>"
    if "base64" in attachment:
        return f"{name}<p>{attachment['bytes']} bytes that are no text; the JSON file has them.</p>"
    content = attachment["text"] if "text" in attachment else _laid_out(attachment["json"])
    return f"{name}<pre>{_text(content)}</pre>"


def _laid_out(value: Any) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False)


def _words(name: str) -> str:
    return _text(name.replace("_", " "))


def _text(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    plain = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return escape(plain)
