"""Values that the words before them call secret, and what stands where such a value would."""

import re
from collections.abc import Iterator, Mapping, Sequence

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.patterns import SPACELESS
from aboveboard.privacy.secrets._entropy import entropy
from aboveboard.privacy.secrets._marks import matches_at, places_of_words

_VALUE = rf"[^\s\"'`,;(){{}}<>|{SPACELESS}]"  # what ends a word (see `_regions.py`) ends a value
_QUOTED = rf"[^\s\"(){{}}<>|{SPACELESS}]"

_OPENING = "passw(?:or)?d|passphrase|pwd|kennwort|passwort|contraseña|mot de passe"
_SURE = "secret|token|(?:api|access|private)[_ -]?key"
_OPENING_WITH_SIGN = "passcode|contrasena|clave|senha|parola|wachtwoord|mdp"
_WITH_SIGN = (
    "pass|credentials?|(?:app|auth|encryption|signing|master|account|shared|deploy|session|service)[_ -]?key"
)

# A quoted value may hold what else ends one, but not what ends a word: a growing text is judged up to there.
_SIGN = (
    r"(?P<sign>(?:\*{1,3}|_{1,3}(?=[ \t]?[:=]))?(?: is| ist| lautet| es| est| è)?[ \t]{0,2}"
    r"(?::=|[:=]|\bis\b|=>)?(?:[*_]{2,3}(?=[ \t]))?[ \t]{0,2}|\*{0,3}[ \t]{0,16}\|[ \t]{0,2})"
)
_ASSIGNED = re.compile(
    rf"(?:(?P<password>{_OPENING}|(?:{_OPENING_WITH_SIGN})(?=[\"']?[ \t]?(?:[:=]|is\b)))"
    rf"|{_SURE}|(?:{_WITH_SIGN})(?=[\"']?[ \t]?(?:[:=]|is\b)))"
    rf"(?=[\"']?{_SIGN}(?:(?P<quote>[\"'])(?P<quoted>(?:(?!(?P=quote)){_QUOTED}){{5,128}})(?P=quote)"
    rf"|[\"']?(?<=[\s:=>\"'|])(?P<value>{_VALUE}{{5,128}})(?!{_VALUE})))",
    re.IGNORECASE,
)
"""A value that the words before it call a secret."""
# `$DB_2`, `$oauth2Token`: few names hold two digits in a row or a 0 in a word, as `$ecret99Pass` does.
_VARIABLE = (
    r"(?-i:[A-Z_][A-Z0-9_]*+|\d++"
    r"|(?:(?:sha|utf|base|aes|rsa|win|x)\d++|[A-Za-z_]|[1-9](?!\d)|0(?![0-9A-Za-z]))++)"
)
# What stands where a password would: the name of one, how one is kept, a place in a program or on a disk, a
# number, date or address. Each is told by its whole form: passwords hold any sign, and base64 ends in `=`.
_NO_PASSWORD = re.compile(
    r"!{0,2}(?:\w*_)?(?:password|passwd|passwort|passphrase|pass|pwd|secret|token|key)s?\d?"
    r"|(?:sha|md|des|aes|utf|base|argon|bcrypt|scrypt|pbkdf|ntlm|oauth|http|win|ipv|x|rsa|ed|p|s|v|version)[-_]?v?\d+\w?"
    r"|\d{1,3}[-_]?(?:char|digit|letter|symbol|word|token|bit|byte|[kmg]b|sec|min|hour|day|week|month|year|zeichen)[a-z]*"
    r"|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+\[?|\w+\[.*"  # a variable's part, an item of a list
    rf"|[$%&@*]+{_VARIABLE}(?:\.[A-Za-z_]\w*)*%?|:[\w:]+|![A-Za-z_:-]+|\[.*|-+[a-z-]+|#(?:/.*|\d+|[0-9a-f]{{6}})"
    r"|[x*]:\d.*|(?:[a-z]:|~|\.{1,2})?[\\/][\w\\/.+-]*|\\.*|[a-z][a-z+.-]*://.*"
    r"|=.*|\w+={1,2}[^=].*"
    r"|\d{2,4}[./-]\d\d?[./-]\d{2,4}|[~^-]?\d+(?:[:/.-]\d+)+[-+.\w]*",
    re.IGNORECASE,
)
_NEXT_NAME = re.compile(r"[&?]\w+=")
"""Where in a query or a form (`a=1&b=2`) a value ends."""
_SHORTEST, _SHORTEST_PASSWORD = 8, 5
_LEAST_DIFFERENT = 3
_WORD = re.compile(r"[^\W\d_]+(?:[-_.,:;/?][^\W\d_]*)*")
_GOES_ON_IN_CODE = re.compile(r"[({]|<(?!/|!|(?i:br|p|div|span|b|i|em|strong|td|li|hr|a)\b)")  # but in HTML
_STAND_INS = re.compile(
    r"x{4,}|\*{3,}|\.{3}|your|example|placeholder|changeme|redacted|dummy|sample|insert|\$\{|%\w+%|<|_here$",
    re.IGNORECASE,
)


def assigned(text: str, marks: Mapping[int, Sequence[int]]) -> Iterator[PersonalData]:
    """Values after a word for a secret."""
    for match in matches_at(_ASSIGNED, text, places_of_words(marks)):
        start, end = match.span("quoted" if match["quote"] else "value")
        value = _NEXT_NAME.split(text[start:end], 1)[0].rstrip(".")
        if _GOES_ON_IN_CODE.match(text, end):
            continue
        is_called = bool(match["password"]) and _has_sign(text, match)
        confidence = sureness(value, is_called_password=is_called)
        if confidence:
            yield PersonalData(start, start + len(value), "password", confidence)


def sureness(value: str, *, is_called_password: bool) -> float:
    """How sure a value is that stands where a secret would, 0 for none: one that is called a password may be
    short and plain.
    """
    if _NO_PASSWORD.fullmatch(value):
        return 0.0
    if len(value) >= _SHORTEST and _is_secret_value(value):
        return 0.8
    return 0.7 if is_called_password and _is_password(value) else 0.0


def _has_sign(text: str, match: re.Match[str]) -> bool:
    """Whether a colon, an equals sign or `is` stands before the value, or the word is a command's option."""
    return bool(match["sign"].strip(" \t*_")) or text.startswith("--", match.start() - 2)


def _is_password(value: str) -> bool:
    """Whether a value that a word and a sign call a password may be one, short and plain as many are."""
    if len(value) < _SHORTEST_PASSWORD or len(set(value)) < _LEAST_DIFFERENT or _STAND_INS.search(value):
        return False
    return any(map(str.isdigit, value)) or not _WORD.fullmatch(value)


def _is_secret_value(value: str) -> bool:
    if _STAND_INS.search(value) or entropy(value) < 2.5:
        return False
    has_digit, has_letter = any(map(str.isdigit, value)), any(map(str.isalpha, value))
    return has_digit and has_letter
