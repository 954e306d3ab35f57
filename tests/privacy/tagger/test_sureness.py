"""How sure a finding is: a probability from the evidence of its tokens, and a threshold that is kept."""

from dataclasses import replace
from itertools import pairwise
from math import log

import numpy as np
import pytest

from aboveboard.privacy.tagger import find_names
from aboveboard.privacy.tagger._reader import Reader
from aboveboard.privacy.tagger._spans import evidence_of, findings
from aboveboard.privacy.tagger._weights import TAGS, Sureness, weights

MEAN_ONLY = Sureness(((1.0, 0.0, 0.0, 0.0),) * 4, 0.6, log(1.5))
TEXT = "My name is Anna Schmidt and I live in Berlin. Ask Tchibo or the Mayer people at 12 Mill Lane, Leeds."


def scores(*leads: float) -> np.ndarray:
    """Scores of tokens of a place, each so much above none's."""
    rows = np.full((len(leads), len(TAGS)), -5.0, np.float32)
    rows[:, 0] = 0
    rows[:, TAGS.index("I-place")] = leads
    return rows


def test_evidence_is_the_mean_and_least_lead_of_a_name_over_none() -> None:
    judged = list(evidence_of(scores(2, 4, 1), [2, 1]))
    assert [TAGS[2 + 2 * kind] for kind, _ in judged] == ["I-place", "I-place"]
    assert [evidence for _, evidence in judged] == [(3, 2, pytest.approx(log(2)), 1), (1, 1, 0, 1)]


def test_what_is_less_sure_than_the_threshold_is_not_found() -> None:
    tokens, tags = [" Bonn", " and", " Ulm"], np.array([7, 0, 7])
    found = list(findings(tokens, scores(0.3, 0, 2), tags, MEAN_ONLY))
    assert [(item.start, item.confidence) for item in found] == [(10, round(1 / (1 + np.exp(-2)), 3))]


def test_a_higher_threshold_finds_a_part_of_what_a_lower_one_finds() -> None:
    shipped = weights()
    found = []
    for threshold in (1e-6, 0.2, 0.5, 0.9, 0.999):
        sureness = Sureness(shipped.sureness.factors, threshold, log(threshold / (1 - threshold)))
        reader = Reader(replace(shipped, sureness=sureness))
        found.append(set(reader.read(TEXT).findings()))
        assert all(item.confidence >= threshold - 5e-4 for item in found[-1])
    assert all(more >= fewer for more, fewer in pairwise(found))
    assert len(found[0]) > len(found[-1])


def test_the_release_keeps_its_threshold() -> None:
    least = weights().sureness.threshold
    assert 0.05 <= least <= 0.6
    assert find_names(TEXT) and all(item.confidence >= least - 5e-4 for item in find_names(TEXT))


def test_more_evidence_is_never_less_sure() -> None:
    assert all(mean + least > 0 for mean, least, *_ in weights().sureness.factors)
