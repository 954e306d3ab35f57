"""Who is named in the charter is told, signed, at least once and by one; a dead receiver costs nothing."""

import base64
import hmac
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.database import locate
from aboveboard.values import FixedClock
from aboveboard.webhooks import (
    Courier,
    Event,
    ForbiddenAddressError,
    Hook,
    Outbox,
    OutboxError,
    Patience,
    Secret,
    SecretError,
    UndeliveredError,
    post,
    resolved,
    secrets_in,
)

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
KEY = bytes(range(32))
SECRET = "whsec_" + base64.b64encode(KEY).decode()
URL = "https://alerts.example.org/in"
EVENT = Event(
    kind="hold",
    case="01ARZ3NDEKTSV4RRFFQ69G5FAV",
    category="toxicity",
    role="reviewer",
    deadline="2026-11-22T12:00:00.000Z",
    time="2026-11-22T08:00:00.000Z",
    link="/console/cases/01ARZ3NDEKTSV4RRFFQ69G5FAV",
)


class Receiver(ThreadingHTTPServer):
    """Answers with what it is told to, and remembers what it got."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status = 200
        self.headers_sent: dict[str, str] = {}
        self.got: list[tuple[str, Mapping[str, str], bytes]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/in?x=1"


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:  # the name that http.server looks for
        body = self.rfile.read(int(self.headers["content-length"] or 0))
        self.server.got.append((self.path, dict(self.headers), body))
        self.send_response(self.server.status)
        for name, value in self.server.headers_sent.items():
            self.send_header(name, value)
        self.end_headers()

    def do_GET(self) -> None:
        self.do_POST()

    def log_message(self, *_: Any) -> None:
        return None


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        server.shutdown()


@pytest.fixture
def outbox(tmp_path: Path, dsn: str | None) -> Iterator[Outbox]:
    with Outbox.open(locate(tmp_path, "webhooks", dsn)) as opened:
        yield opened


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


def hook(url: str = URL) -> Hook:
    return Hook(url, secrets_in(SECRET), ("hold",))


def milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


class Told:
    """A way out that remembers, and fails as it is told to."""

    def __init__(self, *failures: UndeliveredError | None) -> None:
        self.failures = list(failures)
        self.sent: list[tuple[str, bytes, Mapping[str, str]]] = []

    def __call__(self, url: str, body: bytes, headers: Mapping[str, str]) -> None:
        self.sent.append((url, body, headers))
        failure = self.failures.pop(0) if self.failures else None
        if failure:
            raise failure


def rounds(courier: Courier, *hooks: Hook) -> None:
    courier.round(hooks or [hook()])
    courier.settle()


def test_a_signature_is_what_the_specification_says() -> None:
    signed = Secret.read(SECRET).sign("msg_1", 1_700_000_000, b'{"a":1}')
    expected = hmac.new(KEY, b'msg_1.1700000000.{"a":1}', "sha256").digest()
    assert signed == "v1," + base64.b64encode(expected).decode()


@pytest.mark.parametrize(
    "text", ["", "x", SECRET.removeprefix("whsec_"), "whsec_", "whsec_c2hvcnQ=", "whsec_***", SECRET + " x"]
)
def test_what_is_no_secret_is_refused_and_not_shown(text: str) -> None:
    with pytest.raises(SecretError) as raised:
        secrets_in(text)
    assert len(text) < 10 or text not in str(raised.value)
    assert SECRET not in repr(secrets_in(SECRET))


def test_while_a_secret_takes_the_place_of_another_both_sign(outbox: Outbox, clock: FixedClock) -> None:
    other = "whsec_" + base64.b64encode(b"o" * 24).decode()
    told = Told()
    outbox.put(EVENT, [URL], milliseconds(NOW))
    rounds(Courier(outbox, clock=clock, send=told), Hook(URL, secrets_in(f"{SECRET} {other}"), ("hold",)))
    assert len(told.sent[0][2]["webhook-signature"].split()) == 2


def test_it_is_told_ids_and_no_words() -> None:
    assert json.loads(EVENT.body) == {
        "type": "aboveboard.hold",
        "timestamp": "2026-11-22T08:00:00.000Z",
        "data": {
            "case": EVENT.case,
            "category": "toxicity",
            "role": "reviewer",
            "deadline": "2026-11-22T12:00:00.000Z",
            "link": EVENT.link,
        },
    }


def test_a_receiver_gets_it_signed_over_a_real_socket(outbox: Outbox, receiver: Receiver) -> None:
    outbox.put(EVENT, [receiver.url], 0)
    courier = Courier(outbox)
    rounds(courier, hook(receiver.url))
    rounds(courier, hook(receiver.url))
    ((path, headers, body),) = receiver.got
    assert (path, body, headers["webhook-id"]) == ("/in?x=1", EVENT.body, EVENT.id)
    assert abs(int(headers["webhook-timestamp"]) - time.time()) < 60
    expected = Secret(KEY).sign(EVENT.id, int(headers["webhook-timestamp"]), body)
    assert headers["webhook-signature"] == expected
    assert outbox.counts() == {"sent": 1}


def test_what_is_put_twice_is_told_once(outbox: Outbox, clock: FixedClock) -> None:
    told = Told()
    assert (outbox.put(EVENT, [URL], 1), outbox.put(EVENT, [URL], 2)) == (1, 0)
    rounds(Courier(outbox, clock=clock, send=told))
    assert outbox.put(EVENT, [URL], 3) == 0
    assert len(told.sent) == 1


def test_of_two_gateways_one_sends(
    outbox: Outbox, clock: FixedClock, tmp_path: Path, dsn: str | None
) -> None:
    told = Told()
    outbox.put(EVENT, [URL], milliseconds(NOW))
    with Outbox.open(locate(tmp_path, "webhooks", dsn)) as other:
        (delivery,) = other.due(URL, milliseconds(NOW))
        rounds(Courier(outbox, clock=clock, send=told))
        assert not other.take(delivery, milliseconds(NOW) + 1)
        rounds(Courier(other, clock=clock, send=told))
    assert len(told.sent) == 1


def test_what_a_gateway_took_and_never_sent_is_sent_by_another_with_the_same_id(
    outbox: Outbox, clock: FixedClock
) -> None:
    told = Told()
    outbox.put(EVENT, [URL], milliseconds(NOW))
    (delivery,) = outbox.due(URL, milliseconds(NOW))
    assert outbox.take(delivery, milliseconds(NOW + timedelta(seconds=60)))  # and is killed
    courier = Courier(outbox, clock=clock, send=told)
    rounds(courier)
    assert not told.sent
    clock.advance(timedelta(seconds=61))
    rounds(courier)
    assert [headers["webhook-id"] for _, _, headers in told.sent] == [EVENT.id]


def test_a_receiver_that_fails_is_tried_again_later_and_later_then_given_up(
    outbox: Outbox, clock: FixedClock
) -> None:
    told, given_up = Told(*[UndeliveredError("no")] * 100), list[str]()
    patience = Patience(first=10, longest=100, in_all=1000, chance=lambda: 1.0)
    courier = Courier(outbox, patience=patience, clock=clock, send=told, given_up=given_up.append)
    outbox.put(EVENT, [URL], milliseconds(NOW))
    at = []
    while not given_up:
        before = len(told.sent)
        rounds(courier)
        if len(told.sent) > before:
            at.append(int((clock.now() - NOW).total_seconds()))
        clock.advance(timedelta(seconds=10))
    assert at[:6] == [0, 10, 30, 70, 150, 250]
    assert at[-1] == 1000
    assert given_up == [URL]
    assert outbox.counts() == {"given-up": 1}


def test_an_outbox_that_cannot_be_read_is_told_in_the_log_and_tried_again(
    tmp_path: Path, clock: FixedClock, caplog: pytest.LogCaptureFixture
) -> None:
    outbox, told = Outbox.open(tmp_path / "webhooks.db"), Told()
    outbox.put(EVENT, [URL], milliseconds(NOW))
    outbox.close()
    courier = Courier(outbox, clock=clock, send=told)
    courier.round([hook()])
    with pytest.raises(OutboxError):
        courier.settle()
    courier.round([hook()])
    assert "OutboxError" in caplog.text
    courier.close()


def test_a_receiver_that_is_gone_for_good_is_not_asked_again(outbox: Outbox, receiver: Receiver) -> None:
    receiver.status = 410
    outbox.put(EVENT, [receiver.url], milliseconds(datetime.now(UTC)) - 1)
    courier = Courier(outbox)
    rounds(courier, hook(receiver.url))
    assert outbox.counts() == {"given-up": 1}


OTHER = "https://other.example.org/"


def test_whom_no_charter_names_any_more_is_told_nothing_after_a_day(
    outbox: Outbox, clock: FixedClock
) -> None:
    outbox.put(EVENT, [URL, OTHER], milliseconds(NOW))
    courier, hooks = Courier(outbox, clock=clock, send=Told()), [hook(URL)]
    clock.advance(timedelta(days=1))
    courier.tidy(hooks)
    assert outbox.counts() == {"waiting": 2}
    clock.advance(timedelta(seconds=1))
    courier.tidy(hooks)
    assert outbox.counts() == {"waiting": 1, "given-up": 1}
    assert outbox.waiting([OTHER]) == (0, None)
    courier.tidy([])
    assert outbox.counts() == {"given-up": 2}


def test_a_gateway_of_another_charter_gives_up_nothing_of_ours(outbox: Outbox, clock: FixedClock) -> None:
    ours, theirs = Told(), Told()
    outbox.put(EVENT, [URL], milliseconds(NOW))
    another = Courier(outbox, clock=clock, send=theirs)
    another.tidy([hook(OTHER)])
    another.round([hook(OTHER)])
    another.settle()
    assert (outbox.waiting([OTHER])[0], outbox.waiting([URL])) == (0, (1, milliseconds(NOW)))
    rounds(Courier(outbox, clock=clock, send=ours))
    assert (len(theirs.sent), len(ours.sent)) == (0, 1)


def test_what_was_settled_a_week_ago_is_forgotten_and_what_waits_is_not(
    outbox: Outbox, clock: FixedClock
) -> None:
    outbox.put(EVENT, [URL], milliseconds(NOW))
    courier = Courier(outbox, clock=clock, send=Told())
    clock.advance(timedelta(days=8))
    assert courier.tidy([hook(URL)]) == 0
    rounds(courier)
    assert courier.tidy([hook(URL)]) == 1


def test_no_redirect_is_followed(receiver: Receiver) -> None:
    receiver.status, receiver.headers_sent = 302, {"location": receiver.url}
    with pytest.raises(UndeliveredError, match="302"):
        post(receiver.url, b"{}", {})
    assert len(receiver.got) == 1


def test_a_receiver_that_answers_a_byte_at_a_time_is_cut_off() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        stop = threading.Event()

        def dawdle() -> None:
            client, _ = listener.accept()
            with client, suppress(OSError):
                while not stop.wait(0.05):
                    client.sendall(b"H")

        dawdling = threading.Thread(target=dawdle, daemon=True)
        dawdling.start()
        began = time.monotonic()
        with pytest.raises(UndeliveredError):
            post(f"http://127.0.0.1:{listener.getsockname()[1]}/", b"{}", {}, 0.4)
        assert time.monotonic() - began < 3
        stop.set()
        dawdling.join()


def leading_to(*addresses: str) -> Callable[..., Any]:
    def resolve(host: str, port: int, **_: Any) -> list[Any]:
        return [(0, 0, 0, "", (address, port)) for address in addresses]

    return resolve


INSIDE = [
    "127.0.0.1",
    "10.0.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "::1",
    "fe80::1%eth0",
    "fd00::1",
    "::ffff:10.0.0.1",
    "64:ff9b::a00:1",
    "2002:a00:1::",
    "224.0.0.1",
]


@pytest.mark.parametrize("address", INSIDE)
def test_a_name_that_leads_inside_is_refused(address: str) -> None:
    with pytest.raises(ForbiddenAddressError):
        resolved(URL, leading_to(address))
    with pytest.raises(ForbiddenAddressError):
        resolved(URL, leading_to("93.184.216.34", address))


def test_an_address_inside_that_is_written_out_is_meant() -> None:
    assert resolved("http://127.0.0.1:8080/x", leading_to("127.0.0.1")) == ("127.0.0.1", 8080)
    assert resolved("http://[::1]/", leading_to("::1")) == ("::1", 80)
    assert resolved("https://localhost/", leading_to("127.0.0.1")) == ("127.0.0.1", 443)
    with pytest.raises(ForbiddenAddressError):
        resolved("https://localhost.example.org/", leading_to("127.0.0.1"))


def test_what_was_checked_is_what_is_spoken_to() -> None:
    assert resolved(URL, leading_to("93.184.216.34", "93.184.216.35")) == ("93.184.216.34", 443)


def test_a_name_that_leads_nowhere_is_undelivered() -> None:
    with pytest.raises(UndeliveredError, match="leads nowhere"):
        resolved(URL, leading_to())


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_a_wait_is_never_negative_nor_beyond_the_longest(attempts: int, chance: float) -> None:
    assert 0 <= Patience(chance=lambda: chance).wait(attempts) <= Patience().longest


def test_an_address_is_not_kept_in_the_database(tmp_path: Path) -> None:
    with Outbox.open(tmp_path / "webhooks.db") as outbox:
        outbox.put(EVENT, ["https://alerts.example.org/a-token"], 0)
    for file in tmp_path.iterdir():
        assert b"a-token" not in file.read_bytes()
