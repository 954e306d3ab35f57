"""The endpoints that are not answers: models, receipts, appeals, health, readiness, metrics."""

from aboveboard.gateway.pages._appeals import Appeals
from aboveboard.gateway.pages._endpoints import Pages

__all__ = ["Appeals", "Pages"]
