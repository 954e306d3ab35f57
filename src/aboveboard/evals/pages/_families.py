"""The families of measures, by the first part of an id, in the order in which they are read."""

FAMILIES = {
    "bias": "Bias",
    "privacy": "Privacy",
    "truth": "Truth",
    "manipulation": "Manipulation",
    "context": "Context of use",
    "robustness": "Robustness",
    "toxicity": "Toxicity",
    "transparency": "Transparency",
    "footprint": "Footprint",
    "own": "Your own cases",
}
"""Their titles."""
