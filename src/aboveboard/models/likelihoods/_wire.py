"""The two forms in which endpoints tell of the tokens of a prompt, read into one."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aboveboard.models._errors import ModelRefusedError


class UntoldError(ModelRefusedError):
    """The answer holds nothing of the prompt's tokens: the endpoint left out what was asked, without a
    word."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token of the prompt: where its text begins, in characters, and log p after all before it, if told.

    `is_first` marks a token that stands for the beginning of the text and has no text of its own.
    """

    start: int
    logprob: float | None
    is_greedy: bool
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """What is added to a request for completions, and in which of two forms its answer comes."""

    name: str
    fields: Mapping[str, Any]


ECHO = Form("echo", {"echo": True, "logprobs": 1, "max_tokens": 1})
PROMPT = Form("prompt_logprobs", {"prompt_logprobs": 0, "max_tokens": 1})
FORMS = (PROMPT, ECHO)
"""In the order in which they are tried. An endpoint that knows neither usually leaves both out silently."""


def read_tokens(raw: Any, form: Form, text: str, where: str) -> list[Token]:
    """The tokens of the prompt; raises UntoldError for an answer without them, or of another text."""
    choices = raw.get("choices") if isinstance(raw, dict) else None
    choice = choices[0] if isinstance(choices, list) and choices else None
    if not isinstance(choice, dict):
        raise _untold("the answer has no choice", where)
    try:
        return (_echoed if form is ECHO else _prompted)(choice, text)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise _untold(f"the answer does not tell of the prompt's tokens ({form.name})", where) from error


def _echoed(choice: Mapping[str, Any], text: str) -> list[Token]:
    """`text_offset` may begin at any number; what lies beyond the prompt was generated."""
    if not choice["text"].startswith(text):
        raise ValueError("not the prompt")
    told = choice["logprobs"]
    offsets, numbers, tops = told["text_offset"], told["token_logprobs"], told.get("top_logprobs")
    if not isinstance(offsets, list) or not len(offsets) == len(numbers) == len(told["tokens"]):
        raise ValueError("columns of different lengths")
    starts = [int(offset) - int(offsets[0]) for offset in offsets]
    found = []
    for place, (start, number) in enumerate(zip(starts, numbers, strict=True)):
        following = starts[place + 1] if place + 1 < len(starts) else len(text) + 1
        best = max((tops[place] or {}).values(), default=math.inf) if tops else math.inf
        logprob = _number(number)
        is_first = place == 0 and logprob is None and following == start
        if start < len(text):
            found.append(Token(start, logprob, logprob is not None and logprob >= best - 1e-9, is_first))
    return found


def _prompted(choice: Mapping[str, Any], text: str) -> list[Token]:
    """Each place holds the prompt's token, and likelier ones on some servers; the first place holds nothing.

    Which entry is the prompt's is not said, so it is the one that the text shows there, read from its end.
    """
    end = len(text)
    found: list[Token] = []
    for place in reversed(choice["prompt_logprobs"][1:]):
        fits = [one for one in place.values() if text[:end].endswith(one["decoded_token"])]
        end -= len(fits[0]["decoded_token"])
        found.append(Token(end, _number(fits[0]["logprob"]), fits[0]["rank"] == 1))
    return [Token(0, None, False, is_first=end == 0), *reversed(found)]


def _number(value: Any) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not math.isfinite(value) or value > 1e-6:
        raise ValueError("no log-probability")
    return float(value)


def _untold(what: str, where: str) -> UntoldError:
    return UntoldError(what, status=400, where=where)
