"""Forecasts: what a run will cost, from what it will send and what the same model took before."""

from aboveboard.evals.forecasting._forecast import RunForecast, forecast_run
from aboveboard.evals.forecasting._history import History, Rate, earlier_runs, recorded_runs
from aboveboard.evals.forecasting._range import NOTHING, Range, total
from aboveboard.evals.forecasting._suite_forecast import Circumstances, SuiteForecast
from aboveboard.evals.forecasting._tokens import tokens_read, tokens_written

__all__ = [
    "NOTHING",
    "Circumstances",
    "History",
    "Range",
    "Rate",
    "RunForecast",
    "SuiteForecast",
    "earlier_runs",
    "forecast_run",
    "recorded_runs",
    "tokens_read",
    "tokens_written",
    "total",
]
