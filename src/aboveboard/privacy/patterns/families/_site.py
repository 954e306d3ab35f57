"""Sites and the people on them: hosts of URLs, bare domains, user names."""

import re
from collections.abc import Iterator

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.patterns._context import left_of
from aboveboard.privacy.patterns._labels import labelled

_HOST = r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}[^\W\d_]{2,24}"
_URL = re.compile(
    rf"(?<!\w)(?:(?:https?|ftp|wss?)://{_HOST}|www\.{_HOST})(?![\w-]"
    rf"|:[^\s/@]{{1,128}}@)(?::\d{{2,5}})?/?",
    re.IGNORECASE,
)
# Endings that neither files nor attributes in code have: no `.py`, `.md`, `.rs`, `.sh`, `.is`.
_ENDINGS = (
    r"com|org|net|edu|gov|info|biz|eu|dev|app|cloud|shop|online|blog|de|fr|es|nl|ch|pt|br|jp|ru|cn|se"
    r"|dk|fi|cz|ca|co"
    r"\.uk|org\.uk|ac\.uk|gov\.uk|nhs\.uk|com\.au|com\.br|com\.mx|co\.jp|co\.in|co\.za|co\.nz"
)
_BARE = re.compile(
    rf"(?<![\w@.:/\\$-])(?:[a-z0-9](?:[a-z0-9-]{{0,61}}[a-z0-9])?\.){{1,4}}(?:{_ENDINGS})(?![\w(\[=@-]"
    rf"|\.\w)(?::\d{{2,5}})?",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[a-z0-9-]{3,}\.|[a-z0-9]{1,2}\.(?:com|org|net|de|eu)\b", re.IGNORECASE)
DOMAIN_TRIGGER = (
    r"(?i)(?:https?|ftp|wss?)://[a-z0-9]|\bwww\.[a-z0-9]|[a-z0-9]\.(?:com|org|net|edu|gov|info|biz|eu"
    r"|dev|app|cloud|shop"
    r"|online|blog|de|fr|es|nl|ch|pt|br|jp|ru|cn|se|dk|fi|cz|ca|uk|au|mx|in|za|nz)\b"
)


def find_domain(text: str, start: int, end: int) -> Iterator[PersonalData]:
    """The scheme and host of a URL, and bare domains under well-known endings; none of e-mail addresses."""
    urls = list(_URL.finditer(text, start, end))
    for match in urls:
        yield PersonalData(match.start(), match.end(), "domain", 0.9)
    for match in _BARE.finditer(text, start, end):
        if _LABEL.match(match[0]) and not any(url.start() <= match.start() < url.end() for url in urls):
            yield PersonalData(match.start(), match.end(), "domain", 0.7)


# Words that an `@` makes something else of: annotations, decorators, style rules, package scopes.
_NOT_PEOPLE = frozenset(
    [
        "override",
        "test",
        "deprecated",
        "nullable",
        "nonnull",
        "autowired",
        "property",
        "staticmethod",
        "classmethod",
        "dataclass",
        "media",
        "import",
        "charset",
        "keyframes",
        "font-face",
        "param",
        "return",
        "returns",
        "throws",
        "author",
        "since",
        "version",
        "see",
        "link",
        "code",
        "type",
        "typedef",
        "types",
        "component",
        "injectable",
        "input",
        "output",
        "bean",
        "entity",
        "table",
        "column",
        "id",
        "before",
        "after",
        "beforeeach",
        "aftereach",
        "suppresswarnings",
        "functionalinterface",
        "safevarargs",
        "service",
        "controller",
        "repository",
        "transactional",
        "pytest",
        "given",
        "example",
        "cache",
        "abstractmethod",
        "overload",
        "final",
        "contextmanager",
        "wraps",
        "supports",
        "apply",
        "tailwind",
        "layer",
        "include",
        "mixin",
        "extend",
        "use",
        "forward",
        "babel",
        "angular",
        "latest",
        "home",
        "everyone",
        "here",
        "channel",
        "all",
        "todo",
    ]
)
_HANDLE = re.compile(r"(?<![\w@./:&=+-])@([A-Za-z][\w.-]{1,29})(?<![.-])(?![\w@(/=\[{]|\.\w)")
HANDLE_TRIGGER = r"(?:^|[^A-Za-z0-9._%+-])@[A-Za-z]"


def find_handle(text: str, start: int, end: int) -> Iterator[PersonalData]:
    """Names of accounts as people mention each other: `@anna_k`."""
    for match in _HANDLE.finditer(text, start, end):
        if match[1].lower() not in _NOT_PEOPLE and not _is_decorator(text, match):
            yield PersonalData(match.start(), match.end(), "username", 0.7)


def _is_decorator(text: str, match: re.Match[str]) -> bool:
    """Whether the word fills a line of its own, as decorators do."""
    before = left_of(text, match.start()).rstrip(" \t")
    is_first = not before or before[-1] == "\n"
    return is_first and (match.end() == len(text) or text[match.end()] in "\r\n")


_NAMES = (
    r"user ?name|user-name|user_name|login(?: name)?|screen ?name|handle|nick ?name|account name"
    r"|gamertag|benutzername"
    r"|nutzername|anmeldename|nombre de usuario|usuario|nom d'utilisateur|identifiant|nome utente|username"
)
_VALUE = (
    r"(?!(?:string|str|text|none|null|true|false|required|self|root|admin|user|the|and|for|not|must"
    r"|varchar|int|is|or|to"
    r"|of|in|it|name|password|email)(?![\w.-]))[A-Za-z][\w.-]{1,31}(?<![.-])(?![(\[]|\.\w)"
)
USERNAME = labelled("username", rf"(?:{_NAMES})(?=\"?'? ?(?:[:=]|is\b|ist\b|es\b|est\b|è\b))", _VALUE, 0.8)
"""The name of an account after a word for it and a colon, an equals sign or `is`."""
USERNAME_TRIGGER = (
    r"(?i)(?:\b|_)(?:user[ _-]?name|login|screen ?name|handle|nick ?name|account name|gamertag|benutzername"
    r"|nutzername|anmeldename"
    r"|nombre de usuario|usuario|nom d'util|identifiant|nome utente)"
)
