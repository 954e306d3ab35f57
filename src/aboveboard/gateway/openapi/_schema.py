"""JSON Schema (draft 2020-12), written short."""

from collections.abc import Mapping, Sequence
from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
COUNT: Schema = {"type": "integer", "minimum": 0}
MOMENT: Schema = {"type": "string", "format": "date-time"}


def ref(name: str) -> Schema:
    """One of the document's schemas."""
    return {"$ref": f"#/components/schemas/{name}"}


def an_object(
    fields: Mapping[str, Schema], needed: Sequence[str] | None = None, *, more: bool = False
) -> Schema:
    """An object of these fields, all of them needed unless said otherwise, and no others unless `more`."""
    found: Schema = {"type": "object", "properties": dict(fields)}
    required = list(fields) if needed is None else list(needed)
    if required:
        found["required"] = required
    if not more:
        found["additionalProperties"] = False
    return found


def a_list(of: Schema, least: int = 0, most: int | None = None) -> Schema:
    """A list; at most `most` long if that is said."""
    return {"type": "array", "items": of, "minItems": least} | ({} if most is None else {"maxItems": most})


def text(least: int, most: int) -> Schema:
    """A text of so many characters."""
    return {"type": "string", "minLength": least, "maxLength": most}


def number(low: float, high: float) -> Schema:
    """Any number in a range."""
    return {"type": "number", "minimum": low, "maximum": high}


def whole(low: int, high: int) -> Schema:
    """A whole number in a range."""
    return {"type": "integer", "minimum": low, "maximum": high}


def one_of(*words: Any) -> Schema:
    """One of a few values."""
    return {"enum": list(words)}


def always(value: Any) -> Schema:
    """This value and no other."""
    return {"const": value}


def maybe(schema: Schema) -> Schema:
    """That, or null: with OpenAI as here, a field that is null is as if it were absent."""
    return {"anyOf": [schema, {"type": "null"}]}


def either(*schemas: Schema) -> Schema:
    """Any of these."""
    return {"anyOf": list(schemas)}
