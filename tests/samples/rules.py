"""The rules that come with the project."""

from pathlib import Path

from aboveboard.evals import rules

BY_DEGREE = {"sentiment", "toxicity", "warmth"}
"""Rules that say how much, not whether; their patterns are in Python."""

BY_PATTERN = sorted({file.stem for file in Path(rules.__file__).parent.glob("*.yaml")} - BY_DEGREE)
