"""Transparency: what the model says it is."""
