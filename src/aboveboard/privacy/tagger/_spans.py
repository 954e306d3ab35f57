"""Labels of tokens as findings.

A finding is a run of tokens that are labelled at all, cut before every `B`; its type is the one with most
evidence over the run. What one token decides, its window and the start of its run have decided: nothing is
searched for over a whole sentence, so a growing text can be judged as it comes.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate

import numpy as np

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.tagger._weights import NAME_TYPES, Array

MOST_TOKENS = 64
"""The tokens a finding has at most: a run that is longer is several."""


def runs_of(labels: Sequence[int], first: int = 0) -> Iterator[tuple[int, int]]:
    """Runs (first token, end) of labelled tokens (label 0: none, odd: begins one) from a token on."""
    begin = -1
    for index in range(first, len(labels)):
        label = labels[index]
        if begin >= 0 and (not label or label % 2 or index - begin == MOST_TOKENS):
            yield begin, index
            begin = -1
        if label and begin < 0:
            begin = index
    if begin >= 0:
        yield begin, len(labels)


def findings(
    tokens: Sequence[str], scores: Array, labels: Array, temperature: float
) -> Iterator[PersonalData]:
    """What these tokens name (one at least), in order; offsets count from the first token's start."""
    runs = list(runs_of(labels.tolist()))
    kinds, sureness = _judged(scores[labels > 0], [end - begin for begin, end in runs], temperature)
    starts = [0, *accumulate(map(len, tokens))]
    for (begin, end), kind, sure in zip(runs, kinds, sureness, strict=True):
        first, last = _trimmed(tokens, begin, end)
        if first < last:
            start = starts[first] + (tokens[first][0] == " ")
            yield PersonalData(start, starts[last], NAME_TYPES[kind], round(sure, 3))


def _judged(scores: Array, lengths: Sequence[int], temperature: float) -> tuple[list[int], list[float]]:
    """For each run of labelled tokens the type with most evidence, and how likely it names anything: the
    mean over its tokens (softmax with a temperature: Guo et al., 2017).
    """
    likely = np.exp((scores - scores.max(1, keepdims=True)).astype(np.float64) / temperature)
    likely /= likely.sum(1, keepdims=True)
    sums = np.add.reduceat(likely, [0, *accumulate(lengths[:-1])], axis=0)
    kinds = (sums[:, 1::2] + sums[:, 2::2]).argmax(1)
    return kinds.tolist(), (1 - sums[:, 0] / lengths).tolist()


def _trimmed(tokens: Sequence[str], begin: int, end: int) -> tuple[int, int]:
    """Without marks and white space at both ends; an initial and an abbreviation keep their full stop."""
    while begin < end and not _is_word(tokens[begin]):
        begin += 1
    while begin < end and not _is_word(tokens[end - 1]) and not _ends_short(tokens, begin, end):
        end -= 1
    return begin, end


def _ends_short(tokens: Sequence[str], begin: int, end: int) -> bool:
    return tokens[end - 1] == "." and end - begin > 1 and _is_word(tokens[end - 2])


def _is_word(token: str) -> bool:
    return token[-1].isalnum()
