"""What is written down about each request, and who is told when a guard escalates it."""

from aboveboard.gateway.accounting._account import Account, Reuse
from aboveboard.gateway.accounting._accounting import Accounting, durable
from aboveboard.gateway.accounting._incidents import escalate

__all__ = ["Account", "Accounting", "Reuse", "durable", "escalate"]
