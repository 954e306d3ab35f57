"""Check digits by python-stdnum, one module loaded when first needed."""

from collections.abc import Callable
from functools import cache
from importlib import import_module


@cache
def _validator(module: str) -> Callable[[str], bool]:
    validator: Callable[[str], bool] = import_module(f"stdnum.{module}").is_valid
    return validator


def is_standard(module: str, number: str) -> bool:
    """Whether `stdnum.<module>` accepts the number."""
    return bool(_validator(module)(number))
