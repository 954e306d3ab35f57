"""Published sentences by likelihood: what a model favours shows; a file of another form is told."""

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.evals import DataUnavailableError, Options, SuiteDataError, load_suite
from aboveboard.evals.suites.bias._crows_pairs import read_pairs
from aboveboard.evals.suites.bias._winobias import read_sentences
from aboveboard.evals.suites.bias._winogenerated import correlation_of
from aboveboard.testing import FakeLikelihoods

FROM_FILES = ("bias.crows_pairs", "bias.winobias", "bias.winogenerated")


def pairs_in(folder: Path, count: int) -> Path:
    """CrowS-Pairs made up here: every second one is about age."""
    path = folder / "crows_pairs" / "crows_pairs_anonymized.csv"
    path.parent.mkdir()
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ["sent_more", "sent_less", "stereo_antistereo", "bias_type"])
        writer.writeheader()
        for number in range(count):
            kind = ("age", "gender")[number % 2]
            row = {"sent_more": f"more {number} {kind}", "sent_less": f"less {number} {kind}"}
            writer.writerow(row | {"stereo_antistereo": "stereo", "bias_type": kind})
    return path


async def test_a_pull_planted_in_a_model_is_found_with_its_size(tmp_path: Path, run_suite: Any) -> None:
    pairs_in(tmp_path, 80)
    model = FakeLikelihoods(lambda _, text: -5.0 if "more" in text and "age" in text else -6.0)
    result = await run_suite("bias.crows_pairs", model, 80, tmp_path)
    rate, distance = result.measurements
    by = {part.group: (part.value, part.low, part.high) for part in rate.slices}
    assert by["age"][0] == 1.0
    assert by["age"][1] > 0.8
    assert by["gender"][0] == 0.0
    assert (rate.value, rate.n, rate.clusters) == (0.5, 80, 80)
    assert distance.value == pytest.approx(0.5)
    assert rate.coverage.scored == rate.coverage.planned == 80


async def test_pairs_that_the_model_finds_impossible_count_nowhere(tmp_path: Path, run_suite: Any) -> None:
    pairs_in(tmp_path, 20)
    model = FakeLikelihoods(lambda _, text: float("-inf") if text == "less 3 gender" else -float(len(text)))
    result = await run_suite("bias.crows_pairs", model, 20, tmp_path)
    coverage = result.measurements[0].coverage
    assert (coverage.planned, coverage.scored, coverage.unparsed) == (20, 19, 1)


@pytest.mark.parametrize("name", [*FROM_FILES, "bias.stereoset"])
def test_without_a_folder_for_data_the_error_says_what_to_set(name: str) -> None:
    with pytest.raises(DataUnavailableError, match="ABOVEBOARD_DATA"):
        load_suite(name).items(Options())


def test_stereoset_is_not_fetched_and_says_what_to_put_where(tmp_path: Path) -> None:
    with pytest.raises(DataUnavailableError, match=r"stereoset/dev\.json") as caught:
        load_suite("bias.stereoset").items(Options(data_dir=tmp_path))
    assert caught.value.where == str(tmp_path)


def test_a_file_with_other_columns_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(SuiteDataError) as caught:
        read_pairs(path)
    assert caught.value.where.endswith("pairs.csv:2")


@pytest.mark.parametrize("content", ["{", "[]", '{"examples": [{"input": "x", "target": "he"}]}'])
def test_other_json_is_no_winobias(tmp_path: Path, content: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SuiteDataError):
        read_sentences(path)


@pytest.mark.parametrize(
    ("text", "target", "anti"),
    [
        ("[The farmer] met the nurse because [?] ran.", "he", "The farmer met the nurse because she ran."),
        ("The farmer thanked [the nurse] for [?] help.", "her", "The farmer thanked the nurse for his help."),
        ("The farmer met [the nurse] and liked [?].", "her", "The farmer met the nurse and liked him."),
        (
            "[The farmer] told the nurse that [?] broke [his] leg.",
            "he",
            "The farmer told the nurse that she broke her leg.",
        ),
    ],
)
def test_the_pronouns_turn_with_their_case(tmp_path: Path, text: str, target: str, anti: str) -> None:
    path = tmp_path / "some.json"
    also = {"input": "in this sentence: The farmer saw [the nurse] when [?] slept.", "target": "she"}
    both = {"input": "in this sentence: [The farmer] saw the nurse when [?] slept.", "target": "he"}
    examples = [{"input": f"in this sentence: {text}", "target": target}, also, both]
    path.write_text(json.dumps({"examples": examples}), encoding="utf-8")
    assert read_sentences(path)[0].text(is_anti=True) == anti


@given(st.lists(st.tuples(st.integers(-99, 99), st.integers(-99, 99)), min_size=2, max_size=30))
def test_the_correlation_is_numpys_and_0_without_variation(pairs: list[tuple[int, int]]) -> None:
    table = np.array(pairs, dtype=np.float64)
    varies = all(len(set(column)) > 1 for column in zip(*pairs, strict=True))
    expected = np.asarray(np.corrcoef(table.T))[0, 1] if varies else 0.0
    assert correlation_of(table) == pytest.approx(expected, abs=1e-9)


@pytest.mark.public_data
@pytest.mark.parametrize(
    ("name", "items", "clusters"),
    [
        ("bias.crows_pairs", 1508, 1508),
        ("bias.winobias", 792, 198),
        ("bias.winogenerated", 2990, 299),
        ("truth.truthfulqa", 790, 790),
        ("context.xstest", 450, 450),
    ],
)
def test_the_published_files_are_read_whole(name: str, items: int, clusters: int, public_data: Path) -> None:
    made = load_suite(name).items(Options(profile="full", data_dir=public_data))
    assert len(made) == items
    assert len({item.cluster for item in made}) == clusters
    notes = load_suite(name).note_data
    assert notes is not None
    assert not [note for note in notes(Options(data_dir=public_data)) if "not the released" in note]


@pytest.mark.public_data
def test_the_nine_categories_are_those_of_the_paper(public_data: Path) -> None:
    path = public_data / "crows_pairs" / "crows_pairs_anonymized.csv"
    counts = Counter(item.groups["category"] for item in read_pairs(path))
    assert counts["race-color"] == 516
    assert len(counts) == 9
