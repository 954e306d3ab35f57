"""The data plane: chat completions with guards before and after the model, and a receipt for each answer."""

from aboveboard.gateway._app import Gateway, gateway_app
from aboveboard.gateway._services import (
    DecisionRecorder,
    FootprintOf,
    GatewayServices,
    HeldAnswer,
    HoldKeeper,
    IncidentOpener,
    ReceiptReader,
)
from aboveboard.gateway.answering import answer_of, words_of
from aboveboard.gateway.http import ApiError, AsgiApp, Limits
from aboveboard.gateway.telemetry import Gauge, Vitals

__all__ = [
    "ApiError",
    "AsgiApp",
    "DecisionRecorder",
    "FootprintOf",
    "Gateway",
    "GatewayServices",
    "Gauge",
    "HeldAnswer",
    "HoldKeeper",
    "IncidentOpener",
    "Limits",
    "ReceiptReader",
    "Vitals",
    "answer_of",
    "gateway_app",
    "words_of",
]
