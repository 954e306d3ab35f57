"""Tags of tokens as findings.

A finding is a run of tokens that are tagged at all, cut before every `B`; its type is the one with most
evidence over the run. What one token decides, its window and the start of its run have decided: nothing is
searched for over a whole sentence, so a growing text can be judged as it comes.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import exp, log
from operator import mul

import numpy as np

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.tagger._weights import NAME_TYPES, Array, Sureness

MOST_TOKENS = 64
"""The tokens a finding has at most: a run that is longer is several."""


def runs_of(tags: Sequence[int], first: int = 0) -> Iterator[tuple[int, int]]:
    """Runs (first token, end) of tagged tokens (tag 0: none, odd: begins one) from a token on."""
    begin = -1
    for index in range(first, len(tags)):
        tag = tags[index]
        if begin >= 0 and (not tag or tag % 2 or index - begin == MOST_TOKENS):
            yield begin, index
            begin = -1
        if tag and begin < 0:
            begin = index
    if begin >= 0:
        yield begin, len(tags)


def findings(tokens: Sequence[str], scores: Array, tags: Array, sureness: Sureness) -> Iterator[PersonalData]:
    """What these tokens name (one at least) surely enough, in order; offsets count from the first token's
    start.
    """
    runs = list(runs_of(tags.tolist()))
    judged = evidence_of(scores[tags > 0], [end - begin for begin, end in runs])
    starts = [0, *accumulate(map(len, tokens))]
    for (begin, end), (kind, evidence) in zip(runs, judged, strict=True):
        odds = sum(map(mul, sureness.factors[kind], evidence))
        if odds < sureness.least_odds:
            continue
        first, last = _trimmed(tokens, begin, end)
        if first < last:
            start = starts[first] + (tokens[first][0] == " ")
            yield PersonalData(start, starts[last], NAME_TYPES[kind], round(1 / (1 + exp(-odds)), 3))


Evidence = tuple[float, float, float, float]


def evidence_of(scores: Array, lengths: Sequence[int]) -> Iterator[tuple[int, Evidence]]:
    """For each run of tagged tokens (so many each) the type with most evidence, and what tells how likely
    it names anything: by how much a name's tag beats none's, in the mean of the tokens and at least; the
    logarithm of their number; and one.
    """
    names = np.maximum(scores[:, 1::2], scores[:, 2::2])
    leads = (names.max(1) - scores[:, 0]).tolist()
    ends = list(accumulate(lengths))
    kinds = np.add.reduceat(names, [0, *ends[:-1]], axis=0).argmax(1).tolist()
    for kind, end, count in zip(kinds, ends, lengths, strict=True):
        lead = leads[end - count : end]
        yield kind, (sum(lead) / count, min(lead), log(count), 1.0)


def _trimmed(tokens: Sequence[str], begin: int, end: int) -> tuple[int, int]:
    """Without marks and white space at both ends; an initial and an abbreviation keep their full stop."""
    while begin < end and not _is_word(tokens[begin]):
        begin += 1
    while begin < end and not _is_word(tokens[end - 1]) and not _ends_short(tokens, begin, end):
        end -= 1
    return begin, end


def _ends_short(tokens: Sequence[str], begin: int, end: int) -> bool:
    return tokens[end - 1] == "." and end - begin > 1 and tokens[end - 2][-1].isalpha()


def _is_word(token: str) -> bool:
    return token[-1].isalnum()
