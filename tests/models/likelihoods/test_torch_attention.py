"""Runs of a tree's nodes: every node is in one, with the keys that it sees, and no key that none sees."""

from contextlib import nullcontext

import numpy as np
import pytest

pytestmark = pytest.mark.train

TRUNK, NODES = 5, 300


def tree(seed: int) -> list[int]:
    """Parents of nodes in the order in which a tree is walked; -1 is the trunk's end."""
    draw = np.random.default_rng(seed)
    path, parents = [-1], []
    for node in range(NODES):
        path = path[: 1 + int(draw.integers(len(path)))] if draw.random() < 0.1 else path
        parents.append(path[-1])
        path.append(node)
    return parents


@pytest.mark.parametrize("seed", range(5))
def test_a_run_has_the_keys_that_its_nodes_see_and_no_others(seed: int) -> None:
    import torch

    from aboveboard.models.likelihoods._torch_attention import Runs, mask_of
    from aboveboard.models.likelihoods._torch_rows import ancestors

    sees = np.concatenate([np.ones((NODES, TRUNK), dtype=bool), ancestors(tree(seed))], axis=1)
    runs = Runs(sees, mask_of(sees, torch.float32)).all
    assert [node for run in runs for node in range(NODES)[run.nodes]] == list(range(NODES))
    for run in runs:
        keys = run.keys.numpy()
        whole = np.zeros_like(sees[run.nodes])
        whole[:, keys] = (run.mask[0, 0] == 0).numpy()
        assert (whole == sees[run.nodes]).all()
        assert sees[run.nodes][:, keys].any(axis=0).all()
    assert sum(run.mask.numel() for run in runs) < sees.size / 2


@pytest.mark.parametrize("is_within", [True, False])
def test_a_mask_that_is_not_the_rows_own_is_obeyed(is_within: bool) -> None:
    """Outside of a row, and in a layer that makes a mask itself."""
    import torch
    from transformers.integrations.sdpa_attention import sdpa_attention_forward

    from aboveboard.models.likelihoods._torch_attention import _attend, mask_of, reading

    query, key, value = torch.randn(3, 1, 2, 9, 4)
    sees = np.tri(9, dtype=bool)
    own = mask_of(np.tri(9, k=-2, dtype=bool) | np.eye(9, dtype=bool), torch.float32)
    with reading(sees, torch.float32, torch.device("cpu")) if is_within else nullcontext():
        found, _ = _attend(torch.nn.Identity(), query, key, value, own, scaling=0.5)
    expected, _ = sdpa_attention_forward(torch.nn.Identity(), query, key, value, own, scaling=0.5)
    assert torch.equal(found, expected)
