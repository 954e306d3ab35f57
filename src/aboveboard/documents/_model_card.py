"""The model card: Hugging Face's format, with the measurements as `model-index`.

Format: https://huggingface.co/docs/hub/model-cards (metadata: `model-index`, Papers-with-Code style).
"""

from pathlib import Path
from typing import Any

import yaml

from aboveboard.documents._context import DocumentContext
from aboveboard.documents._report import environment
from aboveboard.evidence.records import Measurement
from aboveboard.files import write_text


def write_model_card(context: DocumentContext, path: Path) -> None:
    """Writes the card at `path`, whole or not at all."""
    write_text(path, render_model_card(context))


def render_model_card(context: DocumentContext) -> str:
    """Front matter and Markdown; missing evidence is listed at the top, never filled with prose."""
    front = yaml.safe_dump(metadata(context), sort_keys=False, allow_unicode=True)
    body = environment().get_template("model_card.md.j2").render(context=context)
    return f"---\n{front}---\n\n{body}"


def metadata(context: DocumentContext) -> dict[str, Any]:
    """The card's YAML: tags, and one result a measurement."""
    model = context.charter.models[0].id if context.charter.models else "unknown"
    results = [_result(measurement) for measurement in context.evidence.measurements]
    card: dict[str, Any] = {
        "tags": ["aboveboard", context.charter.system.context],
        "pipeline_tag": "text-generation",
    }
    if results:
        card["model-index"] = [{"name": model, "results": results}]
    return card


def _result(measurement: Measurement) -> dict[str, Any]:
    return {
        "task": {"type": "text-generation"},
        "dataset": {
            "type": f"aboveboard/{measurement.suite}",
            "name": f"{measurement.suite} {measurement.suite_version}",
            "revision": measurement.data_digest,
        },
        "metrics": [
            {
                "type": measurement.measure,
                "name": measurement.measure,
                "value": measurement.value,
                "args": _args(measurement),
            }
        ],
    }


def _args(measurement: Measurement) -> dict[str, Any]:
    return {
        "low": measurement.low,
        "high": measurement.high,
        "confidence": measurement.confidence,
        "n": measurement.n,
        "record": measurement.id,
    }
