"""Slices of the vocabulary tell what the whole table of logits tells, in double precision."""

from typing import Any

import pytest

pytestmark = pytest.mark.train

ROWS, COLUMNS, WIDTH = 7, 2500, 16


@pytest.fixture(scope="module", params=[1.0, 30.0], ids=["flat", "steep"])
def logits(request: pytest.FixtureRequest) -> Any:
    torch = pytest.importorskip("torch")
    return torch.randn(ROWS, COLUMNS, generator=torch.Generator().manual_seed(1)) * request.param


def told(slices: Any, rows: list[int], columns: list[int]) -> Any:
    import torch

    from aboveboard.models.likelihoods._torch_logits import Wanted, tell

    return tell(slices, Wanted(torch.tensor(rows), torch.tensor(columns), moments=True))


def test_each_entry_has_its_log_probability_wherever_its_slice_is(logits: Any) -> None:
    from aboveboard.models.likelihoods._torch_logits import cut

    rows, columns = [0, 0, 3, 6, 6], [0, 2499, 1023, 1024, 2048]
    expected = logits.double().log_softmax(-1)[rows, columns].tolist()
    assert told(cut(logits.clone()), rows, columns).logprobs == pytest.approx(expected, abs=1e-5)


def test_the_likeliest_column_of_a_row_is_greedy_and_no_other(logits: Any) -> None:
    from aboveboard.models.likelihoods._torch_logits import cut

    best = logits.argmax(-1).tolist()
    rows = [*range(ROWS), *range(ROWS)]
    columns = [*best, *((place + 1) % COLUMNS for place in best)]
    assert told(cut(logits.clone()), rows, columns).are_greedy == [True] * ROWS + [False] * ROWS


def test_moments_are_those_of_the_log_probabilities(logits: Any) -> None:
    from aboveboard.models.likelihoods._torch_logits import cut

    logp = logits.double().log_softmax(-1)
    mean = (logp.exp() * logp).sum(-1)
    deviation = (logp.exp() * (logp - mean[:, None]).square()).sum(-1).sqrt()
    found = told(cut(logits.clone()), [0], [0]).moments
    assert [one for one, _ in found] == pytest.approx(mean.tolist(), rel=1e-5, abs=1e-5)
    assert [one for _, one in found] == pytest.approx(deviation.tolist(), rel=1e-4, abs=1e-4)


@pytest.mark.parametrize("bias", [True, False])
def test_the_last_layer_yields_the_table_that_the_model_makes(bias: bool) -> None:
    import torch

    from aboveboard.models.likelihoods._torch_logits import last_layer

    class Model:
        layer = torch.nn.Linear(WIDTH, COLUMNS, bias=bias)

        def get_output_embeddings(self) -> torch.nn.Linear:
            return self.layer

    hidden = torch.randn(ROWS, WIDTH)
    make = last_layer(Model())
    assert make is not None
    with torch.inference_mode():
        assert torch.allclose(torch.cat(list(make(hidden)), -1), Model.layer(hidden), atol=1e-5)


def test_a_last_layer_that_is_not_linear_is_left_to_the_model() -> None:
    import torch

    from aboveboard.models.likelihoods._torch_logits import last_layer

    class Model:
        def get_output_embeddings(self) -> torch.nn.Module:
            return torch.nn.Identity()

    assert last_layer(Model()) is None
