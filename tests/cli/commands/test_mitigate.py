"""`aboveboard mitigate`: from a broken promise to a patch under which it is kept."""

from collections.abc import Callable
from pathlib import Path

import pytest

from aboveboard.charter import ModelEntry
from aboveboard.cli import _mitigating
from aboveboard.evidence import Evidence
from aboveboard.mitigation import mitigated
from aboveboard.models import Model
from mitigation.conftest import CHARTER, FAIR
from mitigation.simulated import Simulated
from samples.commands import Ran, assert_clear_error

Command = Callable[..., Ran]
Write = Callable[..., Path]
OWN = f"- {{name: fair, kind: instruction, instruction: {FAIR}}}\n"


@pytest.fixture
def simulate(monkeypatch: pytest.MonkeyPatch) -> Callable[[Simulated], None]:
    """Puts a simulated model in the place of the charter's."""

    def put(model: Simulated) -> None:
        def opened(entry: ModelEntry) -> Model:
            return mitigated(model, entry.mitigation)

        monkeypatch.setattr(_mitigating, "open_entry", opened)

    return put


def test_a_repair_is_written_as_a_patch_that_loads_and_keeps_the_promise(
    command: Command, write: Write, simulate: Callable[[Simulated], None], folder: Path
) -> None:
    write(CHARTER)
    write(OWN, "own.yaml")
    simulate(Simulated(penalty=0.5, repaired_by=FAIR))
    arguments = (
        "mitigate",
        "equal",
        "--candidates",
        "own.yaml",
        "--only-own",
        "--limit",
        "240",
        "--margin",
        "0.25",
    )
    ran = command(*arguments, "--out", "repair", "--json")
    assert ran.code == 0, ran
    assert (ran.json["verdict"], ran.json["chosen"], ran.json["status"]) == ("repaired", "fair", "kept")
    assert FAIR in (folder / "repair" / "charter.yaml").read_text(encoding="utf-8")
    assert (folder / "repair" / "charter.patch").read_text(encoding="utf-8") == ran.json["patch"]
    assert command("charter", "diff", "charter.yaml", "repair/charter.yaml").code in (0, 1)
    page = (folder / "repair" / "mitigation.html").read_text(encoding="utf-8")
    with Evidence.read(folder / ".aboveboard") as reader:
        trials = reader.find("mitigation-trial")
        measured = [each.id for each in reader.find("measurement") if each.id in page]
    assert [each.stage for each in trials] == ["outcome", "intent"]  # type: ignore[attr-defined]
    assert all(each.id in page for each in trials), "the page names the records it was drawn from"
    assert measured, "and those of what was measured on the items kept back"
    for told in (
        "repaired",
        "helps there too",
        "says-it-is-ai",
        "no worse",
        f"Says: “{FAIR}”",
        "charter.patch",
    ):
        assert told in page, told
    assert "<script" not in page


@pytest.mark.slow
def test_a_second_try_and_lost_answers_are_said(
    command: Command, write: Write, simulate: Callable[[Simulated], None], folder: Path
) -> None:
    write(CHARTER)
    write(OWN, "own.yaml")
    arguments = ("mitigate", "equal", "--candidates", "own.yaml", "--only-own", "--limit", "240")
    simulate(Simulated(penalty=0.5, repaired_by=FAIR, lies_when_told=FAIR))
    first = command(*arguments, "--out", "repair")
    assert "this is try 1 for the promise. No candidate of an earlier trial" in first.out
    again = command(*arguments, "--out", "repair", "--json")
    assert (again.json["tries"], again.json["seen_by"]) == (1, 0), "the same trial is the same try"
    simulate(Simulated(penalty=0.5, evades_when_told=FAIR))
    second = command(*arguments, "--margin", "0.2", "--out", "repair")
    assert "this is try 2 for the promise" in second.out
    said = "20 of 120 answers can be read no more (100% were before, 83% are with it)"
    assert said in second.out
    assert said in (folder / "repair" / "mitigation.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_candidate_writes_no_markup_into_the_page(
    command: Command, write: Write, simulate: Callable[[Simulated], None], folder: Path
) -> None:
    write(CHARTER)
    hostile = "<img src=x onerror=alert(1)>"
    write(f"- {{name: '{hostile}', kind: instruction, instruction: '{hostile}'}}\n", "own.yaml")
    simulate(Simulated(penalty=0.5))
    command(
        "mitigate", "equal", "--candidates", "own.yaml", "--only-own", "--limit", "160", "--out", "repair"
    )
    page = (folder / "repair" / "mitigation.html").read_text(encoding="utf-8")
    assert "<img" not in page
    assert "&lt;img" in page


def test_that_nothing_helped_is_said_plainly(
    command: Command, write: Write, simulate: Callable[[Simulated], None], folder: Path
) -> None:
    write(CHARTER)
    write(OWN, "own.yaml")
    simulate(Simulated(penalty=0.5))
    ran = command(
        "mitigate", "equal", "--candidates", "own.yaml", "--only-own", "--limit", "160", "--out", "repair"
    )
    assert ran.code == 1
    assert "nothing helped: none of 1 candidates was shown to help" in ran.out
    assert [path.name for path in (folder / "repair").iterdir()] == ["mitigation.html"]
    page = (folder / "repair" / "mitigation.html").read_text(encoding="utf-8")
    assert "nothing helped" in page
    assert "not shown to help" in page
    assert "None is proposed." in page


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("equl",), "did you mean 'equal'?"),
        (("equal", "--limit", "8"), "too few"),
        (("equal", "--only-own"), "--candidates"),
        (("equal", "--margin", "0"), "range"),
    ],
)
def test_a_wrong_argument_is_named_with_its_cure(
    command: Command, write: Write, arguments: tuple[str, ...], said: str
) -> None:
    write(CHARTER)
    ran = command("mitigate", *arguments)
    assert ran.code == 3
    assert said in ran.err


def test_a_file_of_nonsense_is_refused(command: Command, write: Write) -> None:
    write(CHARTER)
    write("nonsense", "own.yaml")
    assert_clear_error(command("mitigate", "equal", "--candidates", "own.yaml"), "not a list")
