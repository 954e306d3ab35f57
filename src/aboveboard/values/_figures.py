"""How figures are set where people read them."""

import math


def figure(value: float, form: str = ".3g") -> str:
    """A number in a format (as of `format`), with the true minus (U+2212): a hyphen is too short beside
    digits, and a line may break after it. There is no minus before what rounds to 0."""
    shown = format(value, form)
    is_zero = not any(digit in shown for digit in "123456789")
    return (format(0.0, form) if is_zero and math.isfinite(value) else shown).replace("-", "−")
