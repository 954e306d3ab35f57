"""Where in its file a charter says something: for what is found out only after it was read."""

from aboveboard.charter._charter import Charter
from aboveboard.charter._compose import compose
from aboveboard.charter._errors import CharterError
from aboveboard.charter._nodes import MapNode, find, items_in, name_of


def place_of_model(charter: Charter, model: str, key: str) -> str:
    """`charter.yaml:8:54`, where the entry of `model` says `key`; the file alone where it no longer does."""
    if charter.path is None:
        return f"model {model!r}"
    try:
        root = compose(charter.path.read_text(encoding="utf-8"), str(charter.path))
    except (OSError, UnicodeDecodeError, CharterError):
        return str(charter.path)
    for entry in items_in(find(root, "models")):
        node = entry.get("id") if isinstance(entry, MapNode) else None
        if node is not None and name_of(node) == model and (value := find(entry, key)) is not None:
            return f"{charter.path}:{value.line}:{value.column}"
    return str(charter.path)
