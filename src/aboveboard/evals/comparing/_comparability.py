"""Whether two runs asked the same of two models; and if not, what they asked differently."""

from collections.abc import Iterator

from aboveboard.evals._errors import EvalError
from aboveboard.evals._naming import some_of
from aboveboard.evals.comparing._recorded import RecordedRun, installed


class NotComparableError(EvalError):
    """Two runs whose difference would not be one between models."""


def shared_suites(first: RecordedRun, second: RecordedRun, *, common: bool = False) -> list[str]:
    """The suites both ran; raises NotComparableError, which tells every reason.

    With `common`, items that only one run has are no reason: they are left out.
    """
    shared = [name for name in first.view.suites if name in second.view.suites]
    reasons = [reason for name in shared for reason in _reasons(first, second, name, common)]
    if not shared:
        runs = (", ".join(run.view.suites) for run in (first, second))
        reasons = ["they share no suite: {} against {}".format(*runs)]
    if reasons:
        raise NotComparableError(
            "; ".join(reasons),
            where=f"{first.id} and {second.id}",
            cure="assess both models with the same suites, seed and size"
            + ("" if common else "; `--common` compares the items that both have"),
        )
    return shared


def _reasons(first: RecordedRun, second: RecordedRun, suite: str, common: bool) -> Iterator[str]:
    versions = [run.version(suite) for run in (first, second)]
    if None not in versions and versions[0] != versions[1]:
        yield f"{suite} is of version {versions[0]} in one and {versions[1]} in the other"
        return
    present = installed(suite)
    if present is None:
        yield f"{suite} is not installed here"
    elif any(version not in (None, present.version) for version in versions):
        yield f"{suite} was of version {versions[0]}; version {present.version} is installed"
    yield from _item_reasons(first, second, suite, common)


def _item_reasons(first: RecordedRun, second: RecordedRun, suite: str, common: bool) -> Iterator[str]:
    left, right = first.of_suite(suite), second.of_suite(suite)
    both = [name for name in left if name in right]
    alone = sorted(left.keys() ^ right.keys())
    if not both:
        yield f"{suite}: not one item is in both"
    elif alone and not common:
        yield f"{suite}: {len(alone)} items are in one run only ({some_of(alone)})"
    if modes := [name for name in both if left[name]["mode"] != right[name]["mode"]]:
        yield f"{suite}: {len(modes)} items were scored in another way ({some_of(modes)})"
    if words := [name for name in both if left[name]["prompt"] != right[name]["prompt"]]:
        yield f"{suite}: {len(words)} items were worded otherwise ({some_of(words)})"
