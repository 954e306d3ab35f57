"""Log-probabilities of a whole answer that no guard changed: tokens and numbers, with no room for more."""

from typing import Any

_MOST_ALTERNATIVES = 20
_LONGEST_ALTERNATIVE = 16
_MOST_DIGITS = 4
_LARGEST = 1e6


def logprobs(raw: Any, text: str) -> dict[str, Any] | None:
    """What of them may pass: the tokens of the text, and short alternatives to them.

    None when there are none, or when the tokens are of some other text.
    """
    listed = raw.get("content") if isinstance(raw, dict) else None
    if not isinstance(listed, list):
        return None
    tokens = [entry for one in listed if (entry := _entry(one))]
    spelt = "".join(token["token"] for token in tokens)
    if len(tokens) != len(listed) or (tokens and spelt != text):
        return None
    for token, one in zip(tokens, listed, strict=True):
        token["top_logprobs"] = _alternatives(one.get("top_logprobs"))
    return {"content": tokens}


def _alternatives(given: Any) -> list[dict[str, Any]]:
    entries = [_entry(one) for one in given[:_MOST_ALTERNATIVES]] if isinstance(given, list) else []
    return [entry for entry in entries if entry and _is_piece(entry["token"])]


def _is_piece(token: str) -> bool:
    """Whether it is what tokenizers make: a piece of a word or number. What could be an address, a number of
    somebody's or a name of two words has passed no guard.
    """
    is_short = len(token) <= _LONGEST_ALTERNATIVE and sum(each.isnumeric() for each in token) <= _MOST_DIGITS
    return is_short and "@" not in token and len(token.split()) <= 1


def _entry(one: Any) -> dict[str, Any] | None:
    """A token and its number. `bytes` are the token's own, whatever the endpoint says they are."""
    if not isinstance(one, dict):
        return None
    token, number = one.get("token"), one.get("logprob")
    if not isinstance(token, str) or not _is_number(number):
        return None
    return {"token": token, "logprob": number, "bytes": list(token.encode(errors="replace"))}


def _is_number(value: Any) -> bool:
    return type(value) in (int, float) and -_LARGEST <= value <= _LARGEST
