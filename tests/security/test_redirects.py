"""An endpoint that sends us elsewhere is not obeyed: not to a metadata service, nor to anybody beside it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from aboveboard.models import ChatRequest, Message, ModelRefusedError, open_model

HELLO = ChatRequest([Message("user", "hi")])


@contextmanager
def endpoint(status: int, elsewhere: str = "") -> Iterator[tuple[str, list[str]]]:
    """The base URL of an endpoint that answers so, and the paths that it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            self._say()

        def do_GET(self) -> None:
            self._say()

        def _say(self) -> None:
            asked.append(self.path)
            self.send_response(status)
            self.send_header("Location", elsewhere)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("provider", ["openai", "anthropic"])
@pytest.mark.parametrize("is_streamed", [False, True])
async def test_a_model_that_redirects_is_refused(status: int, provider: str, is_streamed: bool) -> None:
    with (
        endpoint(200) as (inside, heard),
        endpoint(status, f"{inside}/latest/meta-data/") as (outside, asked),
    ):
        model = open_model("m", provider, {"base_url": f"{outside}/v1", "api_key": "k", "retries": 0})
        try:
            with pytest.raises(ModelRefusedError, match="redirects elsewhere"):
                if is_streamed:
                    async for _ in model.stream(HELLO):
                        pass
                else:
                    await model.chat(HELLO)
        finally:
            await model.close()
    assert len(asked) == 1
    assert heard == []
