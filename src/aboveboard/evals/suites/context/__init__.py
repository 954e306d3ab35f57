"""The context of use: crises, advice, hazards."""
