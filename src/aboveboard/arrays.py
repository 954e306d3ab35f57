"""numpy, loaded when the first array is made: a gateway knows every measure, and does without its 13 MB.

To a type checker `np` and `npt` are numpy and numpy.typing; they stand for them until something of them is
asked for. Annotations that name them are strings, so that reading a function does not load them.
"""

import importlib
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
else:

    class _Later:
        """A module that is loaded when it is first needed."""

        def __init__(self, name: str) -> None:
            self._name = name

        def __getattr__(self, name: str) -> Any:
            value = getattr(importlib.import_module(self._name), name)
            setattr(self, name, value)  # the next time it is found without us
            return value

    np, npt = _Later("numpy"), _Later("numpy.typing")

Array: TypeAlias = "npt.NDArray[np.float64]"

__all__ = ["Array", "np", "npt"]
