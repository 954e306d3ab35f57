"""Personal data and secrets at once."""

from aboveboard.privacy._finder import find
from aboveboard.privacy._layers import laid_over
from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.secrets._finding import find_secrets


def find_everything(text: str) -> list[PersonalData]:
    """Personal data and secrets, in order, not overlapping; where both are, the secret."""
    secrets = find_secrets(text)
    found = find(text)
    return laid_over(found, secrets) if secrets else list(found)
