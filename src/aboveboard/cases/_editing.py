"""A reviewer's words in the place of a held answer's."""

import json
from collections.abc import Iterable

from aboveboard.cases._errors import CaseInputError
from aboveboard.cases._texts import words_within

LONGEST_EDIT = 100_000


def edited(text: str, held: bytes, shown: Iterable[bytes]) -> bytes:
    """The words as they are given. `held` is what was put aside, `shown` the masked texts beside it.

    Raises CaseInputError for an answer that has no words to be put in the place of others, and for words in
    which a stand-in was left that only what was shown has: the person would get `<EMAIL_1>`. One that the
    answer itself has is given as approving would give it.
    """
    if not json.loads(held).get("words"):
        raise CaseInputError("this answer is in vectors", cure="release or withhold it")
    words = words_within(text, LONGEST_EDIT)
    left = _stand_ins([words.encode()]) & _stand_ins(shown) - _stand_ins([held])
    if left:
        raise CaseInputError(
            f"{', '.join(sorted(left))}: nothing is put in the place of a stand-in in your words",
            cure="write the value itself, which the answer with nothing masked shows, or leave it out",
        )
    return words.encode()


def _stand_ins(texts: Iterable[bytes]) -> set[str]:
    from aboveboard.privacy.masking import lookalikes

    decoded = [text.decode() for text in texts]
    return {text[each.start : each.end] for text in decoded for each in lookalikes(text)}
