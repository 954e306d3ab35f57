"""A layer whose weights lie in blocks makes the products that it made before, and is no larger."""

from typing import Any

import pytest

pytestmark = pytest.mark.train


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("rows", [1, 7, 64, 600])
def test_a_packed_layer_multiplies_as_before(bias: bool, rows: int) -> None:
    import torch

    from aboveboard.models.likelihoods._torch_packed import can_pack, pack

    layers = torch.nn.Sequential(torch.nn.Linear(48, 96, bias=bias), torch.nn.Linear(96, 32, bias=bias))
    states = torch.randn(1, rows, 48)
    can = torch.backends.cpu.get_cpu_capability().startswith("AVX512")
    assert can_pack(layers[0].weight) == can
    with torch.inference_mode():
        expected = layers(states)
        pack(layers)
        assert torch.allclose(layers(states), expected, atol=1e-5)
    assert [layer.weight.is_mkldnn for layer in layers] == [can, can]
    assert [layer.weight.shape for layer in layers] == [(96, 48), (32, 96)]


@pytest.mark.parametrize("change", ["half", "elsewhere", "no oneDNN"])
def test_what_was_not_measured_is_left_as_it_is(change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    from aboveboard.models.likelihoods._torch_packed import can_pack

    weight: Any = torch.ones(4, 4)
    if change == "half":
        weight = weight.bfloat16()
    elif change == "elsewhere":
        weight = weight.to("meta")
    else:
        monkeypatch.setattr(torch.backends.mkldnn, "is_available", lambda: False)
    assert not can_pack(weight)
