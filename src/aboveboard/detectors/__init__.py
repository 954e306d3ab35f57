"""Detectors: text in, scored spans out."""

from aboveboard.detectors._crisis import CRISIS_THRESHOLD, detect_crisis, prepare_crisis
from aboveboard.detectors._folding import Folded, fold
from aboveboard.detectors._spans import Detection, ScoredSpan

__all__ = ["CRISIS_THRESHOLD", "Detection", "Folded", "ScoredSpan", "detect_crisis", "fold", "prepare_crisis"]
