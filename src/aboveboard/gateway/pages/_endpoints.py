"""The endpoints that are not answers: models, receipts, health, metrics."""

import asyncio
import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aboveboard.evidence import UnknownRecordError
from aboveboard.evidence.records import Decision
from aboveboard.gateway._services import GatewayServices
from aboveboard.gateway.admission import Admission
from aboveboard.gateway.http import HttpRequest, NotFoundError
from aboveboard.gateway.pages._gauges import gauges
from aboveboard.gateway.pages._readiness import Readiness
from aboveboard.gateway.routing import Standing, check_known, listed, names, one
from aboveboard.gateway.telemetry import CONTENT_TYPE, Metrics
from aboveboard.values import is_ulid


@dataclass(slots=True)
class Pages:
    """Serves what is read, never written."""

    services: GatewayServices
    metrics: Metrics
    standing: Standing
    admission: Admission
    readiness: Readiness = field(init=False)

    def __post_init__(self) -> None:
        self.readiness = Readiness(self.services, self.standing)

    async def models(self, request: HttpRequest) -> None:
        """The models of the charter that the key is for, the primary first."""
        caller = await self.admission.enter(request, "answer")
        mine = names(self.services, caller)
        await request.reply_json(listed(self.services, mine, is_anthropic=_is_anthropic(request)))

    async def model(self, request: HttpRequest) -> None:
        """One of them."""
        name = request.path.removeprefix("/v1/models/")
        self.admission.check_model(await self.admission.enter(request, "answer"), name)
        check_known(name, self.services)
        await request.reply_json(one(self.services, name, is_anthropic=_is_anthropic(request)))

    async def receipt(self, request: HttpRequest) -> None:
        """The proof bundle that `aboveboard verify` reads."""
        name = request.path.removeprefix("/v1/receipts/")
        bundle = await asyncio.to_thread(self._find, name) if is_ulid(name) else None
        if bundle is None:
            raise NotFoundError(
                "no such receipt; the id is in X-Aboveboard-Receipt", code="receipt_not_found"
            )
        await request.reply_json(bundle)

    def _find(self, name: str) -> Mapping[str, Any] | None:
        try:
            bundle = self.services.reader.receipt(name)
        except UnknownRecordError:
            return None
        return bundle if _is_of_an_answer(bundle) else None

    async def health(self, request: HttpRequest) -> None:
        """The process is alive."""
        await request.reply_json({"status": "ok", "version": self.services.version})

    async def ready(self, request: HttpRequest) -> None:
        """The gateway can serve, and wants to: else 503 with every reason."""
        readiness = await self.readiness.now()
        await request.reply_json(readiness.body, 200 if readiness.is_ready else 503)

    async def scrape(self, request: HttpRequest) -> None:
        """Figures for Prometheus."""
        page = await asyncio.to_thread(self._page)
        await request.reply(200, page, CONTENT_TYPE)

    def _page(self) -> bytes:
        return self.metrics.page(gauges(self.services))


def _is_of_an_answer(bundle: Mapping[str, Any]) -> bool:
    """Whether a bundle proves a decision, erased or not: other records are for those who work here."""
    statement = json.loads(base64.b64decode(bundle["envelope"]["payload"]))
    return bool(statement["predicate"]["kind"] == Decision.kind)


def _is_anthropic(request: HttpRequest) -> bool:
    """Whether Anthropic's client asks: the two protocols share the path and nothing else."""
    return bool(request.header(b"anthropic-version"))
