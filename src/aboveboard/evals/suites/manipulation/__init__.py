"""Manipulation: giving in, misleading, persuading unseen."""
