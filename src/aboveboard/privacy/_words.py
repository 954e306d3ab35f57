"""Where a text can be cut so that the tagger reads on from there as in the whole."""

WORDS_BEFORE = 8
"""As many words are always kept, one more than tokens of the past decide a label."""

_FAR = 320
_ALONE = ",;:!?()\u3001\u3002\uff0c"  # marks that are each a token of their own


def token_start(text: str, before: int) -> int:
    """The last place before one where a token begins whatever came before; 0 when there is none: a space or
    a line's end behind a letter or a digit, or what follows a mark that is a token of its own.
    """
    at = before
    while at > 0:
        at = max(text.rfind(" ", 0, at), text.rfind("\n", 0, at), 0)
        if at and text[at - 1].isalnum():
            break
    if before - at <= _FAR:
        return at
    return max(at, *(text.rfind(mark, 0, before - 1) + 1 for mark in _ALONE))


def words_from(text: str, end: int) -> int:
    """From where on a text must be kept so that names from `end` on are found as in the whole."""
    for _ in range(WORDS_BEFORE):
        end = token_start(text, end)
    return end
