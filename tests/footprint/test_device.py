"""What the making of a machine adds to an hour of its work."""

import pytest

from aboveboard.charter import Hardware
from aboveboard.footprint import UNKNOWN_DEVICE, Device, FootprintError, Span
from aboveboard.footprint._device import device_of


def laptop(
    embodied_kg: float | None = None, threads: int | None = None, at_work: float | None = None
) -> Hardware:
    return Hardware("laptop-7", 2022, 5.0, embodied_kg, threads, at_work)


def test_the_example_of_the_software_carbon_intensity_specification() -> None:
    """1,000 kg over four years, reserved for an hour: around 28 g (ISO/IEC 21031, embodied emissions)."""
    whole = Device(Span.exact(1000.0), Span.exact(4.0), Span.exact(1.0))
    assert whole.g_per_hour.likely == pytest.approx(28.5, abs=0.1)


def test_what_is_stated_is_taken_as_it_is() -> None:
    hour = device_of(laptop(embodied_kg=320, threads=16, at_work=0.2)).g_per_hour
    assert hour.likely == pytest.approx(320_000 / 16 / (5 * 8766 * 0.2))
    assert hour.low == pytest.approx(hour.likely) == hour.high


def test_a_thread_of_a_machine_with_more_of_them_has_less_of_its_making() -> None:
    few, many = (device_of(laptop(embodied_kg=320, threads=count)).g_per_hour for count in (4, 8))
    assert few.likely == pytest.approx(2 * many.likely)


def test_what_is_not_stated_is_as_for_a_machine_that_nobody_described() -> None:
    device = device_of(laptop())
    assert (device.kg_per_thread, device.at_work) == (UNKNOWN_DEVICE.kg_per_thread, UNKNOWN_DEVICE.at_work)
    assert device.life_years == Span.exact(5.0)


def test_a_machine_that_nobody_described_is_known_within_an_order_of_magnitude() -> None:
    hour = UNKNOWN_DEVICE.g_per_hour
    assert 1 < hour.likely < 3
    assert 2 < hour.likely / hour.low < 10 > hour.high / hour.likely > 2


@pytest.mark.parametrize(
    "parts",
    [
        (Span(0, 1, 2), Span(1, 2, 3), Span(0.1, 0.5, 1)),
        (Span(1, 1, 2), Span(0, 2, 3), Span(0.1, 0.5, 1)),
        (Span(1, 1, 2), Span(1, 2, 3), Span(0.1, 0.5, 1.1)),
    ],
)
def test_impossible_machines_are_refused(parts: tuple[Span, Span, Span]) -> None:
    with pytest.raises(FootprintError, match="share at work"):
        Device(*parts)
