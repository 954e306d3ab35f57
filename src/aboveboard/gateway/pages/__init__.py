"""The endpoints that are not answers: models, receipts, health, readiness, metrics."""

from aboveboard.gateway.pages._endpoints import Pages

__all__ = ["Pages"]
