"""What can go wrong while a model is assessed.

EvalError (AboveboardError)
├── SuiteDataError         a suite's own or downloaded data are not what they should be
├── DataUnavailableError   a public benchmark is not here and cannot be fetched
├── RunNotFoundError       no such run, or its folder cannot be read
├── LogDamagedError        a per-item log whose chain of digests is broken
├── ModelUnusableError     the model failed so many times in a row that going on is pointless
└── BatchError             other machines cannot do the work, or one of them must not
"""

from aboveboard.errors import AboveboardError


class EvalError(AboveboardError):
    """An assessment that cannot be done as asked."""


class SuiteDataError(EvalError):
    """A suite's data are malformed, or differ from the digest they are pinned to."""


class DataUnavailableError(EvalError):
    """A public benchmark is neither on this machine nor reachable."""


class RunNotFoundError(EvalError):
    """There is no run where one was looked for."""


class LogDamagedError(EvalError):
    """A per-item log in which a line does not follow from the one before."""


class ModelUnusableError(EvalError):
    """The model answered none of many requests in a row."""


class BatchError(EvalError):
    """There is no cluster, or a machine of it cannot open the model, has another one, or dies over it."""
