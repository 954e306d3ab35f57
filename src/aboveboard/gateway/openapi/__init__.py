"""The gateway's API as an OpenAPI 3.1 document, made from the endpoints that a gateway has."""

from aboveboard.gateway.openapi._document import Route, document

__all__ = ["Route", "document"]
