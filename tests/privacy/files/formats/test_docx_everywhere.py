"""A value may stand anywhere in a document: in a masked copy it stands nowhere."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from aboveboard.privacy.files import (
    FileEnd,
    FileError,
    Input,
    Restoring,
    Scan,
    Targets,
    mask_file,
    mask_files,
    restore_file,
    scan_file,
)
from aboveboard.privacy.masking import Masking

RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


class Planter:
    """Gives out mail addresses that are found nowhere else, and remembers them."""

    def __init__(self) -> None:
        self.planted: list[str] = []

    def __call__(self, place: str) -> str:
        value = f"planted.{place}@secret-{len(self.planted)}.example.org"
        self.planted.append(value)
        return value


def body(plant: Planter) -> Iterator[str]:
    """What stands in paragraphs, with values where word processors put text and attributes."""
    change = f'w:id="1" w:author="{plant("reviser")}" w:date="2024-01-31T10:00:00Z"'
    first, _, last = plant("split").partition("@")
    yield f"<w:r><w:t>mail {plant('body')}</w:t></w:r>"
    yield f"<w:r><w:t>{first}@</w:t></w:r><w:r><w:t>{last}</w:t></w:r>"
    yield f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>{plant('hidden')}</w:t></w:r>"
    yield f"<w:ins {change}><w:r><w:t>{plant('put-in')}</w:t></w:r></w:ins>"
    yield f"<w:del {change}><w:r><w:delText>{plant('struck')}</w:delText></w:r></w:del>"
    yield f"<w:r><w:instrText> HYPERLINK &quot;mailto:{plant('field')}&quot; </w:instrText></w:r>"
    yield f'<w:fldSimple w:instr=" AUTHOR {plant("simple")} "><w:r><w:t>x</w:t></w:r></w:fldSimple>'
    yield f'<w:bookmarkStart w:id="7" w:name="{plant("bookmark")}"/><w:bookmarkEnd w:id="7"/>'
    yield f"<!-- {plant('comment-of-xml')} --><?note {plant('instruction')} ?><w:r><w:t>x</w:t></w:r>"
    yield f"{plant('stray')}<w:r/>{plant('mixed')}"
    yield (
        f'<w:sdt><w:sdtPr><w:alias w:val="{plant("alias")}"/><w:tag w:val="{plant("tag")}"/><w:dropDownList>'
        f'<w:listItem w:displayText="{plant("shown")}" w:value="{plant("choice")}"/></w:dropDownList>'
        f"</w:sdtPr><w:sdtContent><w:r><w:t>{plant('control')}</w:t></w:r></w:sdtContent></w:sdt>"
    )
    yield (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="9" name="{plant("picture")}" descr="{plant("alt")}" '
        f'title="{plant("title")}"/></wp:inline></w:drawing></w:r>'
    )


def other_parts(plant: Planter) -> dict[str, str | bytes]:
    """Parts beside the document itself."""
    chart = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    return {
        "word/people.xml": f'{HEAD}<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
        f'<w15:person w15:author="{plant("person")}"><w15:presenceInfo w15:providerId="AD" '
        f'w15:userId="S::{plant("presence")}::00000000-0000-0000-0000-000000000000"/></w15:person></w15:people>',
        "word/comments7.xml": f'{HEAD}<w:comments {WORD}><w:comment w:id="0" w:author="Ann Other" '
        f'w:initials="{plant("initials")}"><w:p><w:r><w:t>{plant("comment")}</w:t></w:r></w:p></w:comment>'
        "</w:comments>",
        "word/footnotes.xml": f"{HEAD}<w:footnotes {WORD}><w:p><w:r><w:t>{plant('note')}</w:t></w:r></w:p>"
        "</w:footnotes>",
        "word/_rels/footnotes.xml.rels": f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/'
        f'2006/relationships"><Relationship Id="r1" Type="{RELATIONSHIPS}/hyperlink" '
        f'Target="mailto:{plant("link")}" TargetMode="External"/><Relationship Id="r2" '
        f'Type="{RELATIONSHIPS}/attachedTemplate" Target="file:///C:\\\\Users\\\\{plant("path")}\\\\t.dotm" '
        f'TargetMode="External"/></Relationships>',
        "customXml/item1.xml": f'{HEAD}<form owner="{plant("attribute")}"><firstName>Planted</firstName>'
        f"<contact>{plant('element')}</contact></form>",
        "docProps/custom.xml": f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'custom-properties"><property fmtid="x" pid="2" name="{plant("property")}"><vt:lpwstr>'
        f"{plant('value')}</vt:lpwstr></property></Properties>",
        "word/charts/chart1.xml": f'{HEAD}<c:chartSpace xmlns:c="{chart}"><c:strCache><c:pt idx="0"><c:v>'
        f"{plant('chart')}</c:v></c:pt></c:strCache><c:f>{plant('formula')}</c:f></c:chartSpace>",
        "word/embeddings/Microsoft_Excel_Worksheet.xlsx": plant("workbook").encode(),
        "word/media/image9.png": plant("exif").encode(),
        "word/printerSettings1.bin": plant("printer").encode(),
        "word/afchunk1.html": f"<html>{plant('chunk')}</html>",
        "docProps/thumbnail.emf": plant("thumbnail").encode("utf-16-le"),
        "word/theme/odd.svg": f'<svg xmlns="http://www.w3.org/2000/svg"><text>{plant("drawing")}</text></svg>',
    }


@pytest.fixture
def planted(tmp_path: Path) -> tuple[Path, list[str]]:
    """A document with a value in every such place, and the values."""
    plant = Planter()
    made = docx.Document()
    for content in body(plant):
        made.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w', 'wp')}>{content}</w:p>"))
    made.sections[0].header.paragraphs[0].text = plant("header")
    made.core_properties.author = plant("author")
    made.core_properties.last_modified_by = plant("modifier")
    made.core_properties.keywords = plant("keywords")
    made.settings.element.append(
        parse_xml(
            f'<w:docVars {nsdecls("w")}><w:docVar w:name="{plant("var")}" w:val="{plant("val")}"/>'
            "</w:docVars>"
        )
    )
    made.save(str(tmp_path / "plain.docx"))
    path = tmp_path / "d.docx"
    with zipfile.ZipFile(tmp_path / "plain.docx") as plain, zipfile.ZipFile(path, "w") as full:
        full.comment = plant("archive").encode()
        extra = other_parts(plant)
        for info in plain.infolist():
            if info.filename not in extra:
                full.writestr(info.filename, plain.read(info))
        for name, part in extra.items():
            entry = zipfile.ZipInfo(name)
            entry.comment = plant("entry").encode()
            full.writestr(entry, part)
    return path, plant.planted


def test_values_of_digits_alone_are_no_measures(tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "plain.docx"))
    card, phone, born = "4111111111111111", "+442079460958", "1980-03-12"
    with (
        zipfile.ZipFile(tmp_path / "plain.docx") as plain,
        zipfile.ZipFile(tmp_path / "d.docx", "w") as full,
    ):
        for info in plain.infolist():
            full.writestr(info.filename, plain.read(info))
        full.writestr("customXml/item9.xml", f"{HEAD}<form><phone>{phone}</phone><dob>{born}</dob></form>")
        full.writestr(
            "docProps/custom.xml",
            f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties">'
            f'<property fmtid="x" pid="2" name="Card"><vt:lpwstr>{card}</vt:lpwstr></property></Properties>',
        )
    mask_file(tmp_path / "d.docx", tmp_path / "m.docx", Masking())
    left = everything_in(tmp_path / "m.docx")
    assert [value for value in (card, phone, born) if value.encode() in left] == []


def everything_in(path: Path) -> bytes:
    """The bytes of a zip file, packed and unpacked, as they are and as UTF-16."""
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(name) + name.encode() for name in archive.namelist()]
    whole = b"\n".join([path.read_bytes(), *parts])
    return whole + whole.replace(b"\0", b"")


def test_no_value_is_left_anywhere_in_a_masked_copy(planted: tuple[Path, list[str]], tmp_path: Path) -> None:
    path, values = planted
    assert len(values) > 40
    assert all(
        value.encode() in everything_in(path) for value in values if not value.startswith("planted.split")
    )
    mask_file(path, tmp_path / "m.docx", Masking())
    left = everything_in(tmp_path / "m.docx")
    assert [value for value in values if value.encode() in left] == []
    assert b"planted." not in left
    assert b"Planted" not in left
    assert b"Ann Other" not in left


GIVEN = (
    '<w:bookmarkStart w:id="7" w:name="{}"/><w:bookmarkEnd w:id="7"/>',
    '<w:hyperlink w:anchor="{}"><w:r><w:t>x</w:t></w:r></w:hyperlink>',
    "<w:r><w:instrText> REF {} \\h </w:instrText></w:r>",
    '<w:fldSimple w:instr=" DOCPROPERTY {} "><w:r><w:t>x</w:t></w:r></w:fldSimple>',
    '<w:r><w:drawing><wp:inline><wp:docPr id="9" name="{}"/></wp:inline></w:drawing></w:r>',
    '<w:smartTag w:element="x"><w:smartTagPr><w:attr w:name="id" w:val="{}"/></w:smartTagPr></w:smartTag>',
    '<w:permStart w:id="1" w:ed="{}"/>',
    '<w:pPr><w:pStyle w:val="{}"/></w:pPr>',
    '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="{}"/></w:ffData></w:fldChar></w:r>',
)
"""Where people give names to parts of a document, which are no prose."""


@pytest.mark.parametrize("name", ["Anna Schmidt", "Robert_Jones", "MariaGarcia", "john_doe@a-b.example.org"])
def test_names_that_were_given_to_parts_are_masked(tmp_path: Path, name: str) -> None:
    made = docx.Document()
    for each in GIVEN:
        made.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w', 'wp')}>{each.format(name)}</w:p>"))
    made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    path = tmp_path / "d.docx"
    made.save(str(path))
    assert name.encode() in everything_in(path)
    mask_file(path, tmp_path / "m.docx", Masking())
    assert [each for each in GIVEN if each.format(name).encode() in everything_in(tmp_path / "m.docx")] == []


def test_names_that_word_processors_give_stay(tmp_path: Path) -> None:
    made = docx.Document()
    made.core_properties.author = ""
    made.add_heading("The roof", 1)
    made.add_paragraph("nothing", style="List Bullet")
    made.add_table(2, 2, style="Light Shading Accent 1")
    made.save(str(tmp_path / "d.docx"))
    assert list(scan_file(tmp_path / "d.docx")) == []


def test_the_masked_copy_opens_and_its_text_comes_back(
    planted: tuple[Path, list[str]], tmp_path: Path
) -> None:
    path, _ = planted
    masking = Masking()
    mask_file(path, tmp_path / "m.docx", masking)
    assert len(docx.Document(str(tmp_path / "m.docx")).paragraphs) == len(docx.Document(str(path)).paragraphs)
    restore_file(tmp_path / "m.docx", tmp_path / "b.docx", Restoring(masking.table))
    back, was = docx.Document(str(tmp_path / "b.docx")), docx.Document(str(path))
    assert [each.text for each in back.paragraphs] == [each.text for each in was.paragraphs]
    assert back.core_properties.author == was.core_properties.author


def test_what_nobody_looked_into_is_said_and_costs_nothing_in_place(
    planted: tuple[Path, list[str]], tmp_path: Path
) -> None:
    path, _ = planted
    was = path.read_bytes()
    given = Input(path, "d.docx", Path("d.docx"))
    (end,) = [
        each
        for each in mask_files([given], Targets(in_place=True), Masking(), Scan())
        if isinstance(each, FileEnd)
    ]
    assert "lack its" in str(end.error)
    assert path.read_bytes() == was
    assert any("pictures or embedded files (6)" in note for note in end.notes)


def test_the_document_is_found_wherever_the_package_says_it_is(tmp_path: Path) -> None:
    path = tmp_path / "d.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "_rels/.rels",
            f'<Relationships><Relationship Id="a" Target="/text/main.xml" '
            f'Type="{RELATIONSHIPS}/officeDocument"/></Relationships>',
        )
        archive.writestr(
            "text/main.xml", f"<w:document {WORD}><w:p><w:t>to ann@example.com</w:t></w:p></w:document>"
        )
    assert [(each.value, str(each.place)) for each in scan_file(path)] == [
        ("ann@example.com", "main, paragraph 1")
    ]


@pytest.mark.parametrize(
    ("part", "said"),
    [("word/vbaProject.bin", "macros"), ("word/media/Anna_Smith.png", "named with personal data")],
)
def test_a_document_that_no_copy_can_be_made_of_is_refused(
    planted: tuple[Path, list[str]], part: str, said: str
) -> None:
    path, _ = planted
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(part, b"x")
    with pytest.raises(FileError, match=said):
        list(scan_file(path))
