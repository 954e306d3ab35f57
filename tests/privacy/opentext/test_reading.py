"""Paragraphs out of pages, sayings and messages."""

from tagger.opentext._reading import LONGEST, is_prose, paragraphs

PAGE = b"""<html><head><style>p {color: red}</style></head><body><h1>About the tool</h1>
<p>This is <b>one</b> paragraph of the page.</p><pre>rm -rf /tmp/everything now</pre>
<ul><li>Open the menu and choose the file</li></ul></body></html>"""


def test_blocks_of_a_page_without_its_code() -> None:
    found = list(paragraphs("a.html", PAGE, "html"))
    assert found == [
        "About the tool",
        "This is one paragraph of the page.",
        "Open the menu and choose the file",
    ]


def test_sayings_keep_who_said_them_on_a_line_of_its_own() -> None:
    text = b"All that is gold\ndoes not glitter.\n\t\t-- Somebody Else\n%\nShort and sweet words\n%\n"
    first, second = paragraphs("wisdom", text, "fortunes")
    assert first == "All that is gold does not glitter.\n -- Somebody Else"
    assert second == "Short and sweet words"


def test_messages_are_the_last_column_with_their_entities_resolved() -> None:
    assert list(paragraphs("t.txt", b"1\t2.5\tcats &amp; dogs are here\n", "tweets")) == [
        "cats & dogs are here"
    ]


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    sentence = "The quick brown foxes jump over all of the lazy dogs again."
    found = list(paragraphs("a.html", f"<p>{' '.join([sentence] * 20)}</p>".encode(), "html"))
    assert len(found) > 1
    assert all(len(part) <= LONGEST and part.endswith("again.") for part in found)


def test_binary_files_and_code_are_no_prose() -> None:
    assert list(paragraphs("sayings.dat", b"many words are here\n%\n", "fortunes")) == []
    assert list(paragraphs("sayings", b"\0\1\2 many words", "fortunes")) == []
    assert not is_prose("int main() { return 0; } of the code")


def test_latin_1_is_read_where_the_text_is_no_utf_8() -> None:
    assert list(paragraphs("de", "schöne Grüße an alle".encode("latin-1"), "fortunes")) == [
        "schöne Grüße an alle"
    ]
