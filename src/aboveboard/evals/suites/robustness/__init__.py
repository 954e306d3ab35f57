"""Robustness: planted instructions, disguises, slips of the pen."""
