"""Truth: false premises, sources, certainty."""
