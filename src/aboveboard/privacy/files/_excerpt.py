"""A text to look into on its own, and what is found in some of them."""

from typing import NamedTuple

from aboveboard.privacy._span import PersonalData


class Excerpt(NamedTuple):
    """A text to look into on its own. What stands before `start` is its context: the name of a field.

    `by_form`: only what has a form is looked for, no names of people or places. `is_given`: it is a name that
    somebody gave to a thing, `cv_anna_smith`, and what leads to somebody by itself is looked for.
    """

    text: str
    start: int = 0
    by_form: bool = False
    is_given: bool = False


Found = list[list[PersonalData]]
"""What was found in each of some excerpts, by the code points of its text."""
