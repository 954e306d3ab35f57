"""How figures are set where people read them."""


def figure(value: float, form: str = ".3g") -> str:
    """A number in a format (as of `format`), with the true minus (U+2212): a hyphen is too short beside
    digits, and a line may break after it. There is no minus before 0."""
    return format(value + 0.0, form).replace("-", "−")
