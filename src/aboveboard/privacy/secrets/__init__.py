"""Keys, tokens, passwords in text, by what their issuers document and by what the words before them say."""

from aboveboard.privacy.secrets._finding import find_secrets, settled_secrets
from aboveboard.privacy.secrets._rules import RULES

SECRET_TYPES = frozenset({rule.type for rule in RULES} | {"private-key", "web-token", "password"})
"""The types of secrets, whose values are shown nowhere."""

__all__ = ["SECRET_TYPES", "find_secrets", "settled_secrets"]
