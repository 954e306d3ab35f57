"""Runs over many files: order, several processes, journals, and nothing left half-written."""

import json
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aboveboard.errors import AboveboardError, UnknownNameError
from aboveboard.privacy import PersonalData
from aboveboard.privacy.files import (
    JOURNAL,
    Excerpt,
    FileEnd,
    FileError,
    FileFinding,
    Found,
    Input,
    InputError,
    Looking,
    Restoring,
    Scan,
    Selection,
    Tally,
    Targets,
    collect,
    known_types,
    mask_file,
    mask_files,
    read_table,
    restore_file,
    restore_files,
    scan_file,
    scan_files,
    secret_types,
    shape,
    write_table,
)
from aboveboard.privacy.files.formats._plain import Sizes
from aboveboard.privacy.files.runs._journal import Journal
from aboveboard.privacy.files.runs._pool import looked_into
from aboveboard.privacy.files.runs._writing import NewFile, place_below
from aboveboard.privacy.masking import Masking
from aboveboard.privacy.operators import Key, preset
from samples.looking import Failing

LOOKING = Looking(frozenset(["email", "phone", "card", "openai-key"]))
MAIL = "john@example.com"
KEY = bytes(range(32))
Write = Callable[[str, bytes | str], Path]


def sources(*paths: Path) -> list[Input | InputError]:
    return list(collect(paths, Selection()))


@pytest.fixture
def tree(write: Write, tmp_path: Path) -> Path:
    """Files of several kinds, one broken, one binary."""
    write("t/a.txt", f"mail {MAIL}\ncall +44 20 7946 0958\n")
    write("t/b/c.csv", f'name,mail\n"x, y",{MAIL}\nz,other@example.org\n')
    write("t/b/d.jsonl", f'{{"a": "{MAIL}"}}\n')
    write("t/bad.txt", b"caf\xe9 " + MAIL.encode())
    write("t/bin.dat", b"\0\1\2")
    for number in range(20):
        write(f"t/many/{number:02}.txt", f"line\nuser{number}@example.com {MAIL}\n" * 40)
    return tmp_path / "t"


class Stand:
    """A task as the pool takes it."""

    def __init__(self, text: str | None, known: Found | None = None) -> None:
        self.excerpts = [Excerpt(text)] if text is not None else []
        self.known = known


def test_any_number_of_processes_gives_the_same_in_the_same_order() -> None:
    texts = [f"{'x' * (n % 7 * 1000)} user{n}@example.com " * 30 for n in range(120)]
    tasks = [Stand(None) if n % 10 == 0 else Stand(text) for n, text in enumerate(texts)]
    alone = [(task, list(found)) for task, found in looked_into(iter(tasks), LOOKING, 1)]
    spread = [(task, list(found)) for task, found in looked_into(iter(tasks), LOOKING, 3)]
    assert spread == alone
    assert sum(len(items) for _, found in spread for items in found) == 30 * 108


@pytest.mark.parametrize(("last", "said"), [("die", "ended unexpectedly"), ("raise", "said by the worker")])
def test_a_worker_that_fails_is_an_error_and_not_a_wait_without_end(last: str, said: str) -> None:
    tasks = iter([Stand("x" * (1 << 21)), *[Stand("fine") for _ in range(9)], Stand(last)])
    with pytest.raises(FileError, match=said):
        list(looked_into(tasks, Failing(), 2))


def test_what_is_known_is_not_looked_into_again() -> None:
    known = [[PersonalData(0, 1, "email")]]
    assert [found for _, found in looked_into(iter([Stand("die", known)]), Failing(), 1)] == [known]


def test_one_bad_file_hides_no_other(tree: Path) -> None:
    ends = {
        Path(each.name).name: each
        for each in scan_files(sources(tree), Scan(LOOKING))
        if isinstance(each, FileEnd)
    }
    assert "not utf-8" in str(ends["bad.txt"].error)
    assert "binary" in str(ends["bin.dat"].error)
    assert sum(end.error is None for end in ends.values()) == 23


def test_no_error_shows_a_value(tree: Path) -> None:
    events = list(scan_files(sources(tree), Scan(LOOKING)))
    errors = [str(each.error) for each in events if isinstance(each, FileEnd) and each.error is not None]
    assert len(errors) == 2
    assert not any(MAIL in shown for shown in (*errors, *map(repr, events)))


def test_types_and_confidence_choose_what_is_found(write: Write) -> None:
    path = write("a.txt", f"{MAIL} +44 20 7946 0958")
    assert [each.type for each in scan_file(path, Scan(Looking(frozenset(["phone"]))))] == ["phone"]
    assert [each.type for each in scan_file(path, Scan(Looking(frozenset(["phone"]), 0.99)))] == []
    with pytest.raises(UnknownNameError, match="email"):
        Looking(frozenset(["emial"]))


def test_secrets_are_found_with_personal_data(write: Write) -> None:
    path = write("a.txt", f"{MAIL} sk-proj-9f8A7s6D5f4G3h2J1k0LqWeRtYuIoPzX1c2V3b4N5m6Q")
    assert [each.type for each in scan_file(path, Scan(LOOKING))] == ["email", "openai-key"]
    assert {"email", "password"} <= set(known_types())
    assert "password" in secret_types()


@pytest.mark.parametrize(
    ("value", "type_", "shown"),
    [
        (MAIL, "email", "j…@….com"),
        ("4111 1111 1111 1111", "card", "4…1"),
        ("Bob", "person", "…"),
        ("hunter2hunter2", "password", "…"),
        ("\u202ejohn\n", "person", "…"),
    ],
)
def test_a_shape_hides_all_but_the_edges(value: str, type_: str, shown: str) -> None:
    assert shape(value, type_) == shown


def copies(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def masked(tree: Path, out: Path, masking: Masking | None = None, **options: object) -> list[object]:
    scan = Scan(LOOKING, journal=out / JOURNAL, key=KEY, **options)  # type: ignore[arg-type]  # a test's shorthand
    out.mkdir(exist_ok=True)
    return list(mask_files(sources(tree), Targets(out), masking or Masking(), scan))


def test_masked_copies_keep_the_tree_and_broken_files_leave_none(tree: Path, tmp_path: Path) -> None:
    masked(tree, tmp_path / "out")
    made = copies(tmp_path / "out")
    assert {"a.txt", "b/c.csv", "b/d.jsonl", "many/00.txt"} <= set(made)
    assert not {"bad.txt", "bin.dat", JOURNAL} & set(made)
    assert not [name for name in made if name.endswith(".new")]
    assert made["b/c.csv"] == b'name,mail\n"x, y",<EMAIL_1>\nz,<EMAIL_2>\n'
    assert b"example" not in b"".join(made.values())


def test_a_copy_is_as_private_as_its_file(write: Write, tmp_path: Path) -> None:
    path = write("a.txt", MAIL)
    path.chmod(0o640)
    mask_file(path, tmp_path / "m.txt", Masking())
    assert stat.S_IMODE((tmp_path / "m.txt").stat().st_mode) == 0o640


def test_all_comes_back(tree: Path, tmp_path: Path) -> None:
    masking = Masking()
    masked(tree, tmp_path / "out", masking)
    write_table(tmp_path / "table", masking.table)
    assert stat.S_IMODE((tmp_path / "table").stat().st_mode) == 0o600
    restoring = Restoring(read_table(tmp_path / "table").table)
    list(restore_files(sources(tmp_path / "out"), Targets(tmp_path / "back"), restoring, Scan()))
    was, back = copies(tree), copies(tmp_path / "back")
    assert back == {name: was[name] for name in back}
    assert len(back) == 23


def test_what_is_encrypted_comes_back_by_the_key_alone(write: Write, tmp_path: Path) -> None:
    from aboveboard.privacy.operators import Policy

    key = Key.generate()
    policy = Policy.load({"direct": "encrypt", "quasi": "encrypt", "secret": "encrypt"})
    text = '{"a": "jos\\u00e9@example.com", "b": "jos\\u00E9@example.com", "n": 4111111111111111}\n'
    path = write("a.jsonl", text)
    mask_file(path, tmp_path / "m.jsonl", Masking(policy, key), Scan(LOOKING))
    assert b"example" not in (tmp_path / "m.jsonl").read_bytes()
    restore_file(tmp_path / "m.jsonl", tmp_path / "b.jsonl", Restoring(key=key))
    assert (tmp_path / "b.jsonl").read_bytes() == path.read_bytes()


def test_a_policy_that_keeps_nothing_leaves_nothing(write: Write, tmp_path: Path) -> None:
    masking = Masking(preset("redact"))
    mask_file(write("a.txt", f"to {MAIL}"), tmp_path / "m.txt", masking, Scan(LOOKING))
    assert (tmp_path / "m.txt").read_text(encoding="utf-8") == "to [EMAIL]"
    assert masking.table == {}


@pytest.mark.parametrize("content", ["[]", '{"x": "y"}', "no", '{"<EMAIL_1>": 3}'])
def test_what_is_no_table_is_refused_and_not_shown(write: Write, content: str) -> None:
    with pytest.raises(AboveboardError, match="not a table"):
        read_table(write("t.json", content))


def test_a_character_that_the_encoding_has_not_is_an_error(write: Write, tmp_path: Path) -> None:
    path = write("m.txt", "to <EMAIL_1>".encode("latin-1"))
    with pytest.raises(FileError, match="cannot be written in iso8859-1"):
        restore_file(path, tmp_path / "b.txt", Restoring({"<EMAIL_1>": "€@x"}), Scan(encoding="latin-1"))
    assert not (tmp_path / "b.txt").exists()


def test_the_file_itself_is_never_the_target_unless_in_place(tree: Path) -> None:
    was = copies(tree)
    (end,) = [
        each
        for each in mask_files(sources(tree / "a.txt"), Targets(tree), Masking(), Scan(LOOKING))
        if isinstance(each, FileEnd)
    ]
    assert "take the place of the file itself" in str(end.error)
    assert copies(tree) == was
    list(mask_files(sources(tree / "a.txt"), Targets(in_place=True), Masking(), Scan(LOOKING)))
    assert (tree / "a.txt").read_bytes() == b"mail <EMAIL_1>\ncall <PHONE_1>\n"


def test_two_files_never_share_a_target(tree: Path, tmp_path: Path) -> None:
    given = sources(tree / "a.txt", tree / "many" / ".." / "a.txt")
    ends = [
        each
        for each in mask_files(given, Targets(tmp_path / "out"), Masking(), Scan(LOOKING))
        if isinstance(each, FileEnd)
    ]
    assert [end.error is None for end in ends] == [True, False]


def test_a_link_in_the_output_folder_is_not_followed(tree: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out" / "b").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "victim").write_text("mine", encoding="utf-8")
    (tmp_path / "out" / "a.txt").symlink_to(tmp_path / "victim")
    masked(tree, tmp_path / "out")
    assert copies(tmp_path / "elsewhere") == {}
    assert (tmp_path / "victim").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "out" / "a.txt").is_symlink()


@pytest.mark.parametrize("relative", ["../x", "a/../../x", "/etc/x"])
def test_no_name_leads_out_of_the_output_folder(tmp_path: Path, relative: str) -> None:
    with pytest.raises(FileError, match="out of the output folder"):
        place_below(tmp_path, Path(relative))


def test_a_file_that_is_not_finished_leaves_nothing(tmp_path: Path) -> None:
    new = NewFile(tmp_path / "a")
    new.file.write(b"half")
    new.abandon()
    assert list(tmp_path.iterdir()) == []


def interrupted(tree: Path, out: Path, after: int) -> Iterator[object]:
    """The events of a run that is given up after some of them."""
    out.mkdir(exist_ok=True)
    scan = Scan(LOOKING, journal=out / JOURNAL, key=KEY)
    events = mask_files(sources(tree), Targets(out), Masking(), scan)
    for _, event in zip(range(after), events, strict=False):
        yield event
    events.close()  # type: ignore[attr-defined]  # a generator


@pytest.mark.parametrize("after", [0, 1, 3, 8, 20, 100, 1500])
def test_a_stopped_run_goes_on_to_the_same_result(tree: Path, tmp_path: Path, after: int) -> None:
    masked(tree, tmp_path / "whole")
    list(interrupted(tree, tmp_path / "out", after))
    assert not list((tmp_path / "out").rglob("*.new"))
    journal = tmp_path / "out" / JOURNAL
    if journal.exists():
        assert stat.S_IMODE(journal.stat().st_mode) == 0o600
        assert b"example" not in journal.read_bytes(), "places and types, never values"
    masked(tree, tmp_path / "out", resume=True)
    assert copies(tmp_path / "out") == copies(tmp_path / "whole")


def test_a_run_that_goes_on_looks_only_into_the_rest(tree: Path, tmp_path: Path) -> None:
    list(interrupted(tree, tmp_path / "out", 1200))
    lines = (tmp_path / "out" / JOURNAL).read_bytes().count(b"\n") - 1
    assert lines > 5
    with Journal(tmp_path / "out" / JOURNAL, Scan(LOOKING).digest("x"), KEY, resume=False):
        pass
    list(interrupted(tree, tmp_path / "out", 1200))
    counting = Counting()
    scan = Scan(LOOKING, journal=tmp_path / "out" / JOURNAL, resume=True, key=KEY)
    object.__setattr__(scan, "looking", counting)
    list(mask_files(sources(tree), Targets(tmp_path / "out"), Masking(), scan))
    assert counting.calls == 23 - lines


class Counting(Looking):
    """Looks, and counts how often."""

    def __init__(self) -> None:
        object.__setattr__(self, "types", LOOKING.types)
        object.__setattr__(self, "least", 0.0)
        _CALLS.clear()

    def __call__(self, excerpts: Sequence[Excerpt]) -> Found:
        _CALLS.append(excerpts)
        return LOOKING(excerpts)

    @property
    def calls(self) -> int:
        return len(_CALLS)


_CALLS: list[Sequence[Excerpt]] = []


@pytest.mark.parametrize("torn", [b'{"n": "a", "u"', b"\n", b"garbage\n", b'[1]\n{"n":1}\n'])
def test_a_torn_journal_is_read_as_far_as_it_is_whole(tree: Path, tmp_path: Path, torn: bytes) -> None:
    masked(tree, tmp_path / "whole")
    list(interrupted(tree, tmp_path / "out", 10))
    with (tmp_path / "out" / JOURNAL).open("ab") as file:
        file.write(torn)
    masked(tree, tmp_path / "out", resume=True)
    assert copies(tmp_path / "out") == copies(tmp_path / "whole")


@pytest.mark.parametrize("bad", ["7", '[["a"]]', "[[0,1]]", '[[5,2,"x",1]]', '[[0,99999999,"x",1]]', "{}"])
def test_a_journal_with_an_item_that_is_none_is_read_up_to_it(tree: Path, tmp_path: Path, bad: str) -> None:
    masked(tree, tmp_path / "whole")
    list(interrupted(tree, tmp_path / "out", 10))
    journal = tmp_path / "out" / JOURNAL
    lines = journal.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[1] = f'{{"f":{bad},"c":{lines[1].rpartition(":")[2]}'
    journal.write_text("".join(lines), encoding="utf-8")
    masked(tree, tmp_path / "out", resume=True)
    assert copies(tmp_path / "out") == copies(tmp_path / "whole")


def test_a_file_that_changed_meanwhile_is_looked_into_again(tree: Path, tmp_path: Path) -> None:
    list(interrupted(tree, tmp_path / "out", 10))
    (tree / "a.txt").write_text(f"now {MAIL}", encoding="utf-8")
    masked(tree, tmp_path / "out", resume=True)
    assert copies(tmp_path / "out")["a.txt"] == b"now <EMAIL_1>"


def test_the_journal_of_another_run_is_refused(tree: Path, tmp_path: Path) -> None:
    list(interrupted(tree, tmp_path / "out", 10))
    with pytest.raises(FileError, match="journal of another run"):
        masked(tree, tmp_path / "out", Masking(preset("redact")), resume=True)


def test_a_journal_that_others_wrote_is_not_believed(tree: Path, tmp_path: Path) -> None:
    """What a planted journal says of the files would go into the copies unmasked."""
    out = tmp_path / "out"
    out.mkdir()
    planted: tuple[dict[str, object], ...] = ({"f": [[]]}, {"f": []})
    for key in (bytes(32), KEY):
        with Journal(out / JOURNAL, _digest(LOOKING), key, resume=False) as journal:
            journal.record("t/a.txt", 0, [Excerpt("")], [[]])
        with (out / JOURNAL).open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(line | {"c": "0" * 64}) + "\n" for line in planted)
        if key == KEY:
            masked(tree, out, resume=True)
            assert b"example" not in b"".join(copies(out).values())
        else:
            with pytest.raises(FileError, match="of another user"):
                masked(tree, out, resume=True)


def _digest(looking: Looking) -> str:
    policy = Masking().policy
    return Scan(looking).digest(policy.name, repr(policy))


def test_a_journal_goes_with_its_lines_in_their_order(tree: Path, tmp_path: Path) -> None:
    masked(tree, tmp_path / "whole")
    list(interrupted(tree, tmp_path / "out", 1200))
    journal = tmp_path / "out" / JOURNAL
    first, second, *rest = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([first, *rest, second]))
    masked(tree, tmp_path / "out", resume=True)
    assert copies(tmp_path / "out") == copies(tmp_path / "whole")


def test_two_runs_do_not_write_to_one_folder(tree: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with (
        Journal(tmp_path / "out" / JOURNAL, "x", KEY, resume=False),
        pytest.raises(FileError, match="another run is at work"),
    ):
        masked(tree, tmp_path / "out")


def test_a_tally_counts_by_type_and_file_and_keeps_few_examples(tree: Path) -> None:
    tally = Tally()
    for each in scan_files(sources(tree), Scan(LOOKING)):
        if isinstance(each, FileFinding):
            tally.add(each)
    assert (tally.types["email"], tally.types["phone"]) == (1 + 2 + 1 + 1600, 1)
    assert (tally.files_of["email"], tally.with_findings) == (23, 23)
    assert all(len(kept) <= 5 for kept in tally.examples.values())


@given(
    st.lists(st.sampled_from([MAIL, "4111 1111 1111 1111", "\n", " x ", "é"]), max_size=30), st.integers(1, 3)
)
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_finding_depends_on_the_number_of_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pieces: list[str], jobs: int
) -> None:
    path = tmp_path / "t.txt"
    path.write_text("".join(pieces), encoding="utf-8")
    sizes = Sizes(50, 200, 150)
    alone = [(each.type, each.place) for each in scan_file(path, Scan(LOOKING))]
    monkeypatch.setattr("aboveboard.privacy.files.runs._pool._ALONE", 1)
    spread = scan_file(path, Scan(LOOKING, jobs=jobs, sizes=sizes))
    assert [(each.type, each.place) for each in spread] == alone
