"""Names of files name people too: masked, told apart, and put back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aboveboard.privacy.files import (
    FileEnd,
    Looking,
    Restoring,
    Scan,
    Selection,
    Targets,
    collect,
    mask_files,
    restore_files,
    shown_path,
)
from aboveboard.privacy.files.runs._naming import masked_path, restored_path
from aboveboard.privacy.masking import Masking
from aboveboard.privacy.operators import Encrypt, Key, Policy, preset

Write = Callable[[str, bytes | str], Path]
SCAN = Scan(Looking(frozenset(["email"])))


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("Anna Smith/letter.csv.gz", "{PERSON_1}/letter.csv.gz"),
        ("mail_to_ann@example.com_2.txt", "mail_to_{EMAIL_1}_2.txt"),
        ("anna@example.com.txt", "{EMAIL_1}.txt"),
        ("john_doe@a-b.example.com.txt", "{EMAIL_1}.txt"),
        ("call +44 20 7946 0958.txt", "call {PHONE_1}.txt"),
        ("anna@example.com", "{EMAIL_1}"),
        ("report_2024.csv", "report_2024.csv"),
        ("src/table.json", "src/table.json"),
        (".hidden", ".hidden"),
    ],
)
def test_what_names_somebody_is_masked(name: str, masked: str) -> None:
    assert str(masked_path(Path(name), Masking())) == masked


PIECES = st.sampled_from(
    [
        "Anna Smith",
        "anna_smith",
        "{EMAIL_1}",
        "{PERSON_1}",
        ".",
        "-",
        "x@example.com",
        "a",
        "..",
        " ",
        "é",
        ".txt",
    ]
)


@given(st.lists(st.lists(PIECES, min_size=1, max_size=4).map("".join), min_size=1, max_size=3))
@settings(max_examples=80, deadline=None)
def test_every_name_comes_back(parts: list[str]) -> None:
    path = Path(*parts)
    if not path.parts or ".." in path.parts:
        return
    masking = Masking()
    masked = masked_path(path, masking)
    assert len(masked.parts) == len(path.parts)
    assert restored_path(masked, Restoring(masking.table)) == path


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("cv_anna_smith.txt", "cv_{PERSON_1}.txt"),
        ("Anna-Smith.pdf", "{PERSON_1}.pdf"),
        ("anna.smith.json", "{PERSON_1}.json"),
        ("Letter to Anna Smith.csv", "Letter to {PERSON_1}.csv"),
        ("cv_bob_jones.txt", "cv_{PERSON_1}.txt"),
        ("cv-bob-jones.txt", "cv-{PERSON_1}.txt"),
        ("CvBobJones2024.docx", "Cv{PERSON_1}2024.docx"),
        ("BOB_JONES/report.csv", "{PERSON_1}/report.csv"),
        ("invoice_peter_müller.txt", "invoice_{PERSON_1}.txt"),
        ("invoice_peter_mu\u0308ller.txt", "invoice_{PERSON_1}.txt"),
        ("JSmith_review.md", "{PERSON_1}_review.md"),
        ("mariaGarcia.json", "{PERSON_1}.json"),
        ("contract-nguyen-van-anh.pdf", "contract-{PERSON_1}.pdf"),
    ],
)
def test_however_the_words_are_joined_nobody_is_named(name: str, masked: str) -> None:
    assert str(masked_path(Path(name), Masking())) == masked


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "LICENSE",
        "setup.cfg",
        "src/main.py",
        "node_modules",
        "HelloWorld.java",
        "UserService.ts",
        "customerList.csv",
        "annual-report.pdf",
        "data_set.csv",
        "price_list.xlsx",
        "team_photo.png",
        "meeting_notes.md",
        "letter.txt",
        "cv.pdf",
        "IMG_1234.jpg",
        "user_guide.pdf",
        "grant_application.docx",
        "summer_party.txt",
        "terms_conditions.md",
        "photo_album",
        "backup_old.zip",
        "employees.csv",
        "patients.parquet",
        "phone_list.csv",
        "address_book.json",
        "v1.2.3",
        "test_case.py",
        "final_version.docx",
    ],
)
def test_a_name_of_no_person_stays(name: str) -> None:
    assert str(masked_path(Path(name), Masking())) == name


def test_no_stand_in_leads_out_of_its_folder() -> None:
    table = {"<PERSON_1>": "../../etc/x", "<PERSON_2>": ".."}
    assert restored_path(Path("a/{PERSON_1}"), Restoring(table)) == Path("a/{PERSON_1}")
    assert restored_path(Path("{PERSON_2}/a"), Restoring(table)) == Path("{PERSON_2}/a")


def test_a_name_is_never_too_long_for_a_disk() -> None:
    masking = Masking(Policy(kinds=dict.fromkeys(preset("mask").kinds, Encrypt())), Key.generate())
    masked = masked_path(Path("_".join(["anna@example.com"] * 8) + ".txt"), masking)
    assert len(masked.name.encode()) < 255
    assert "example" not in masked.name


def test_two_names_that_read_the_same_once_masked_stay_two(write: Write, tmp_path: Path) -> None:
    for name in ("to ann@example.com.txt", "to bob@example.com.txt", "to {EMAIL}.txt"):
        write(f"in/{name}", name.removesuffix(".com.txt") + ".com" if "@" in name else name)
    for _ in range(2):  # and the same ones in every run
        masking = Masking(preset("redact"))
        sources = collect([tmp_path / "in"], Selection())
        events = list(mask_files(sources, Targets(tmp_path / "out"), masking, SCAN))
        made = {path.name: path.read_text() for path in (tmp_path / "out").iterdir()}
        assert made == {
            "to {EMAIL}.txt": "to [EMAIL]",
            "to {EMAIL}_2.txt": "to [EMAIL]",
            "to {EMAIL}_3.txt": "to {EMAIL}.txt",
        }
    assert [each.is_renamed for each in events if isinstance(each, FileEnd)] == [True, True, False]


def test_names_and_contents_come_back_together(write: Write, tmp_path: Path) -> None:
    write("in/Anna Smith/mail_anna@example.com.txt", "to anna@example.com")
    write("in/plain.txt", "nobody")
    masking = Masking()
    sources = collect([tmp_path / "in"], Selection())
    list(mask_files(sources, Targets(tmp_path / "out"), masking, SCAN))
    assert not [path for path in (tmp_path / "out").rglob("*") if "nna" in path.name]
    sources = collect([tmp_path / "out"], Selection())
    list(restore_files(sources, Targets(tmp_path / "back"), Restoring(masking.table), SCAN))
    files = {
        path.relative_to(tmp_path / "in"): path.read_bytes() for path in (tmp_path / "in").rglob("*.txt")
    }
    assert files == {
        path.relative_to(tmp_path / "back"): path.read_bytes() for path in (tmp_path / "back").rglob("*.txt")
    }


def test_names_may_be_kept(write: Write, tmp_path: Path) -> None:
    write("in/cv_anna_smith.txt", "x")
    sources = collect([tmp_path / "in"], Selection())
    list(mask_files(sources, Targets(tmp_path / "out", keep_names=True), Masking(), SCAN))
    assert (tmp_path / "out/cv_anna_smith.txt").exists()


def test_a_report_shows_a_name_hidden() -> None:
    assert shown_path("in/to ann@example.com 2.txt") == "in/to a…@….com 2.txt"
