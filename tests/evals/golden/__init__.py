"""For every suite: answers whose scores are known beforehand, and what must come out of them.

The answers follow the groups of the items (one kind of request is declined, the other is not), so that the
values are plain: 1 and 0 for groups, and for the whole the share of the items. Files of data are made up
here, in the published form.
"""

from collections.abc import Mapping

from evals.golden import (
    _bias,
    _bias_public,
    _context,
    _footprint,
    _manipulation,
    _own,
    _privacy,
    _privacy_training,
    _robustness,
    _toxicity,
    _transparency,
    _truth,
)
from evals.golden._golden import Golden

__all__ = ["GOLDEN", "Golden"]

_FAMILIES = (
    _bias,
    _bias_public,
    _context,
    _footprint,
    _manipulation,
    _own,
    _privacy,
    _privacy_training,
    _robustness,
    _toxicity,
    _transparency,
    _truth,
)

GOLDEN: Mapping[str, Golden] = {name: case for family in _FAMILIES for name, case in family.GOLDEN.items()}
"""By the suite's name; a second case of a suite has a word after it."""
