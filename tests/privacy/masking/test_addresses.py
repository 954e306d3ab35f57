"""No value becomes a part of an address that somebody else may own, whatever reads the answer."""

import re
import time
from collections.abc import Iterator
from html import unescape
from itertools import pairwise
from urllib.parse import unquote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from aboveboard.privacy.masking import RestoringStream

NAME, MAIL, FIRST = "Zqanna", "zq@example.com", "Zqfirst Zqlast"
TABLE = {"<PERSON_1>": NAME, "<EMAIL_1>": MAIL, "<PERSON_2>": FIRST}


def restored(text: str, places: list[int] | None = None, *, is_json: bool = False) -> str:
    stream = RestoringStream(TABLE, is_json=is_json)
    cuts = [0, *sorted(min(place, len(text)) for place in places or []), len(text)]
    return "".join([stream.feed(text[start:end]) for start, end in pairwise(cuts)]) + stream.finish()


ATTACKS = [
    "<PERSON_1>+x@evil.com",
    "<PERSON_1>&x=1@evil.com",
    '"<PERSON_1>"@evil.com',
    "<PERSON_1><PERSON_2>@evil.com",
    "<PERSON_1>.<PERSON_2>.evil.com",
    "<PERSON_1>&#46evil.com",
    "<PERSON_1>&#x2eevil.com",
    "<PERSON_1>&#12290;evil.com",
    "<PERSON_1>%2eevil.com",
    "<PERSON_1>%2B@evil.com",
    "<PERSON_1>\u3002evil.com",
    "<PERSON_1>\uff0eevil.com",
    "<PERSON_1>\uff61evil.com",
    "<PERSON_1>\uff20evil.com",
    "<PERSON_1>\u00ad.evil.com",
    "<PERSON_1>" + "a" * 80 + "@evil.com",
    "<PERSON_1>" + "a." * 700 + "evil.com",
    "<PERSON_1>://evil.com",
    "<PERSON_1>:<PERSON_2>@evil.com",
    'https://evil/?q="<EMAIL_1>',
    'https://evil/?q="<EMAIL_1>"',
    '"https://evil/?q="<EMAIL_1>"',
    '"https://evil/?q=","<EMAIL_1>',
    "https://evil/?q=&#32;<EMAIL_1>",
    "https://evil/?q=>x<EMAIL_1>",
    "<https://e.vil/a https://evil/?q=>y<EMAIL_1>",
    "1.2.3.4/<EMAIL_1>",
    "1.2.3.4:8080/<EMAIL_1>",
    "[2001:db8::1]/<EMAIL_1>",
    "//evil/<EMAIL_1>",
    "\\/\\/evil/<EMAIL_1>",
    "![x](https://evil/<EMAIL_1>)",
    "[x](//evil/<EMAIL_1> 'y')",
    "ftp:evil/<EMAIL_1>",
    "evil%2ecom/<EMAIL_1>",
    "evil&#46com&#47<EMAIL_1>",
    "evil\\.com/<EMAIL_1>",
    "evil\u3002com/<EMAIL_1>",
    "evil.com./<EMAIL_1>",
    "evil.com\\<EMAIL_1>",
    "%77ww.evil.com?<EMAIL_1>",
    "https&#58//evil?<EMAIL_1>",
    "&#10401.2.3.4/<EMAIL_1>",
    "<PERSON_1>%2e.evil.com",
    "1.2.3.4\u200b/<EMAIL_1>",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_stand_in_that_touches_an_address_stays(attack: str) -> None:
    text = f"I am <PERSON_1>: {attack} and <EMAIL_1>, bye."
    expected = f"I am {NAME}: {attack} and {MAIL}, bye."
    assert restored(text) == expected
    assert restored(text, list(range(len(text)))) == expected


ORDINARY = [
    "<PERSON_1>, <EMAIL_1>; <PERSON_1>/<EMAIL_1>",
    "<PERSON_1>,<EMAIL_1>,12.50,2024-01-31,Leeds",
    "(<PERSON_1>)v1.2, [<PERSON_1>]. Then. <PERSON_1>...",
    '{"name":"<PERSON_1>","mail":"<EMAIL_1>","price":3.5}',
    '<PERSON_1>\'s <EMAIL_1>: e.g. this. "<PERSON_1>".',
    "**<PERSON_1>** | <EMAIL_1>|<PERSON_1> |",
    "请联系<PERSON_1>。他的邮箱是<EMAIL_1>，谢谢。",
    "<PERSON_1>さん。明日は<EMAIL_1>まで。",
    "see 12.50/<PERSON_1> at 10:30/<PERSON_1> and/or <PERSON_1>",
    "<li><PERSON_1></li><li><EMAIL_1></li>",
    "100%<PERSON_1>% R&D <PERSON_1>&",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_text_comes_back(text: str) -> None:
    expected = text.replace("<PERSON_1>", NAME).replace("<EMAIL_1>", MAIL)
    assert restored(text) == expected
    assert restored(text, list(range(len(text)))) == expected


def test_a_string_of_json_ends_an_address() -> None:
    text = '{"url":"https://a.example/x","to":"<EMAIL_1>","cc":"x@y.example","of":"<PERSON_1>"}'
    assert restored(text, is_json=True) == text.replace("<EMAIL_1>", MAIL).replace("<PERSON_1>", NAME)
    assert "<EMAIL_1>" in restored('{"url":"https://a.example/\\"<EMAIL_1>"}', is_json=True)


PIECES = st.sampled_from(
    [
        *" \n\t.,;:/?#@+-\"'()<>[]&%=\\x",
        *["<PERSON_1>", "< person_1 >", "&lt;PERSON_1&gt;", "\\u003cPERSON_1\\u003e", "<PERSON_2>"],
        *[
            "evil.com",
            "evil",
            "com",
            "www.",
            "https:",
            "//",
            "mailto:",
            "1.2.3.4",
            "://",
            "](",
            "<a href=",
            "\\.",
        ],
        *[
            "&#46",
            "&#46;",
            "&#x40;",
            "&commat;",
            "%2e",
            "%40",
            "\\u002e",
            "\u3002",
            "\uff0e",
            "\uff20",
            "\u200b",
        ],
    ]
)
TEXTS = st.lists(PIECES, max_size=16).map("".join)

# What a browser, a mail client or what looks for links in text takes for an address: CommonMark 0.31 and
# GitHub's extension of it (autolinks), RFC 3986 and RFC 5322 read generously, tags of HTML.
# A value as the last label of a name leads nowhere: nobody owns that.
_SEEN = [
    re.compile(each, re.IGNORECASE)
    for each in (
        r"(?:https?|ftp|mailto):[^\s<]*",
        r"(?<![^\s(*_~])www\.[^\s<]*",
        r"(?<![:/\w])//[^\s<]*",
        r"<[a-z][a-z0-9+.-]{1,31}:[^\s<>]*>",
        r"\]\(\s*<?[^\s()<>]*(?::|[/\\]{2})[^\s()<]*",
        r"<a\s[^>]*>",
        r"(?:[\w-]+\.)+(?!\w*zq)[a-z]{2,24}\b[/?#][^\s<]*",
        r"(?:[\w-]+\.)+(?!\w*zq)[a-z]{2,24}\b",
        r"(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?::[0-9]+)?[/?#][^\s<]*",
        r"[\w.!#$%&'*+/=?^`{|}~-]+@(?:[\w-]+\.)*(?!\w*zq)[a-z]{2,24}\b",
    )
]


def as_read(text: str) -> Iterator[str]:
    """The text as it is, and as what shows it may read it."""
    plain = text.replace("\u200b", "").replace("\uff0e", ".").replace("\uff20", "@")
    plain = re.sub("\u3002(?=[a-z0-9])", ".", plain)
    yield plain
    yield unescape(plain)
    yield unquote(plain)
    yield re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", plain)


@settings(deadline=None, max_examples=500)
@given(TEXTS)
@example("evil.com?&#46;<PERSON_1>")
@example("<PERSON_1>\\\u3002evil.com")
@example("<PERSON_1>\u200b\\.evil.com")
def test_no_value_is_in_anything_that_reads_as_an_address(text: str) -> None:
    for shown in as_read(restored(text)):
        for address in _SEEN:
            assert not [each for each in address.findall(shown) if NAME in each or "Zqfirst" in each]


@settings(deadline=None, max_examples=300)
@given(TEXTS, st.lists(st.integers(0, 120), max_size=10), st.booleans())
@example("<PERSON_1>< person_1 >@evil.com", [15], False)
@example("<PERSON_1>&#4", [12], False)
def test_any_split_gives_the_same(text: str, places: list[int], is_json: bool) -> None:
    assert restored(text, places, is_json=is_json) == restored(text, is_json=is_json)


@pytest.mark.parametrize(
    "unit",
    ["<PERSON_1>", "<PERSON_1>.", "<", "&#46", "\\", "。", "< person_1 >", "a@", "%2e", "&lt;PERSON_1"],
)
def test_time_grows_with_the_text_and_no_faster(unit: str) -> None:
    def seconds(count: int) -> float:
        began = time.thread_time()
        restored(unit * count, list(range(0, len(unit) * count, 500)))
        return time.thread_time() - began

    few = min(seconds(500) for _ in range(3))
    assert min(seconds(4_000) for _ in range(3)) < 40 * few + 0.05
