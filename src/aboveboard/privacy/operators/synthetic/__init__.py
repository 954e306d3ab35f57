"""Made-up values: names from Faker, numbers and addresses from ranges that belong to nobody."""

from aboveboard.privacy.operators.synthetic._draw import Draw
from aboveboard.privacy.operators.synthetic._making import make_up

__all__ = ["Draw", "make_up"]
