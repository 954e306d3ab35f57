"""The data plane: chat completions with guards before and after the model, and a receipt for each answer."""

from aboveboard.gateway._app import gateway_app
from aboveboard.gateway._errors import ApiError
from aboveboard.gateway._http import AsgiApp, Limits
from aboveboard.gateway._metrics import Gauge
from aboveboard.gateway._services import (
    DecisionRecorder,
    FootprintOf,
    GatewayServices,
    IncidentOpener,
    ReceiptReader,
)
from aboveboard.gateway._vitals import Vitals

__all__ = [
    "ApiError",
    "AsgiApp",
    "DecisionRecorder",
    "FootprintOf",
    "GatewayServices",
    "Gauge",
    "IncidentOpener",
    "Limits",
    "ReceiptReader",
    "Vitals",
    "gateway_app",
]
