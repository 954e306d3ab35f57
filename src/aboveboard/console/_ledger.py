"""The ledger explorer and the page of one record."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from aboveboard.console._pages import HEADERS, page, problem
from aboveboard.console._services import ConsoleServices
from aboveboard.errors import AboveboardError
from aboveboard.values import is_ulid

_RECENT = 20


@dataclass(frozen=True, slots=True)
class LedgerPages:
    """What is in the log, and proofs that the visitor's own browser checks."""

    services: ConsoleServices

    def explore(self, request: Request) -> Response:
        """The latest records, and a form that verifies an entry with WebCrypto."""
        records = self.services.reader.find(limit=_RECENT)
        places = [(self.services.reader.index(record.id), record) for record in records]
        rows = sorted(places, key=lambda place: -place[0])
        return page("ledger.html.j2", "Ledger", {"rows": rows, "log": self.services.log()})

    def record(self, request: Request) -> Response:
        """One record as it was committed to."""
        record_id = request.path_params["record"]
        try:
            record = self.services.reader.get(record_id) if is_ulid(record_id) else None
        except AboveboardError as error:
            return problem(404, str(error))
        if record is None:
            return problem(404, "That is no record id", "A record id has 26 characters.")
        context = {"record": record, "index": self.services.reader.index(record.id)}
        return page("record.html.j2", f"Record {record.id}", context)

    def receipt(self, request: Request) -> Response:
        """The receipt of a record of any kind, as a file to keep (the gateway gives out those of answers)."""
        record_id = request.path_params["record"]
        try:
            bundle = self.services.reader.receipt(record_id)
        except AboveboardError as error:
            return problem(404, str(error))
        name = f'attachment; filename="receipt-{record_id[:26]}.json"'
        return JSONResponse(bundle, headers=HEADERS | {"Content-Disposition": name})
