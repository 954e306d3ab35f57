"""Runs in the formats of other tools: Inspect's log, lm-evaluation-harness, CSV, Parquet, JUnit XML.

They hold what the item log holds, word for word, and nothing else: no key of a provider, no path, no name
that was in no item and no answer.
"""

from aboveboard.evals.exports._inspect import inspect_logs
from aboveboard.evals.exports._junit import Case, junit_xml
from aboveboard.evals.exports._lm_eval import lm_eval_files
from aboveboard.evals.exports._tables import csv_text, parquet_bytes, rows_of_run

__all__ = [
    "Case",
    "csv_text",
    "inspect_logs",
    "junit_xml",
    "lm_eval_files",
    "parquet_bytes",
    "rows_of_run",
]
