"""Tenants, keys and usage by HTTP, for keys of the scope `admin`."""

from aboveboard.gateway.administration._administering import KEYS, TENANTS, Administration

__all__ = ["KEYS", "TENANTS", "Administration"]
