"""The tagger's errors.

AboveboardError
└── WeightsError   the weights in the package are not the ones it was released with
"""

from aboveboard.errors import AboveboardError


class WeightsError(AboveboardError):
    """The weights of the tagger cannot be used."""

    def __init__(self, what: str) -> None:
        super().__init__(what, where="the tagger's weights", cure="install aboveboard again")
