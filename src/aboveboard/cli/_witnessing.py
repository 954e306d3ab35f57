"""Witnesses: serving as one, asking others, remembering whom we asked."""

import asyncio
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from aboveboard.cli._output import print_json_line, say
from aboveboard.cli._settings import Settings
from aboveboard.errors import AboveboardError
from aboveboard.files import write_text

if TYPE_CHECKING:
    from aboveboard.ledger import Cosigning, NoteSigner, NoteVerifier, Witness, WitnessPeer

_KEY, _MEMORY = "witness.key", "memory"


def open_witness(name: str, folder: Path, logs: list[str]) -> "Witness":
    """The witness whose key and memory are in `folder`, made there on first use."""
    from aboveboard.ledger import Witness

    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Witness(_signer(name, folder / _KEY), folder / _MEMORY, logs)


def _signer(name: str, path: Path) -> "NoteSigner":
    from aboveboard.ledger import NoteSigner, generate_cosigner

    try:
        return NoteSigner.from_text(path.read_text(encoding="utf-8").strip())
    except FileNotFoundError:
        signer = generate_cosigner(name)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(signer.to_text() + "\n")
    return signer


def serve_witness(witness: "Witness", port: int, *, as_json: bool = False) -> None:
    """Serves `add-checkpoint` on loopback until Ctrl-C."""
    import uvicorn

    from aboveboard.cli._listening import Address, bind
    from aboveboard.ledger import witness_app

    with bind(Address("127.0.0.1", port)) as listener:
        config = uvicorn.Config(
            witness_app(witness), log_level="warning", access_log=False, server_header=False
        )
        listener.listen(config.backlog)  # so that who reads the next line is not refused
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        if as_json:
            print_json_line({"address": address, "vkey": witness.vkey})
        say(f"witness at {address} with the key\n  {witness.vkey}")
        asyncio.run(uvicorn.Server(config).serve(sockets=[listener]))


def cosign(settings: Settings, given: Iterable[str]) -> "Cosigning":
    """Asks witnesses (`URL=VKEY`) for their cosignatures, and remembers them in `<state>/witnesses`."""
    from aboveboard.cli._workspace import read_evidence
    from aboveboard.ledger import request_cosignatures

    peers = {peer.vkey: peer for peer in (*known_witnesses(settings), *map(_peer, given))}
    if not peers:
        raise AboveboardError("no witness is known", cure="name one: aboveboard ledger cosign URL=VKEY")
    with read_evidence(settings) as reader:
        result = request_cosignatures(reader.ledger, peers.values())
    lines = "".join(f"{peer.url}={peer.vkey}\n" for peer in peers.values())
    write_text(_file(settings), lines)
    return result


def known_witnesses(settings: Settings) -> "list[WitnessPeer]":
    """The witnesses asked before."""
    path = _file(settings)
    return [_peer(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def known_keys(settings: Settings) -> "list[NoteVerifier]":
    """The verifier keys of the witnesses asked before."""
    from aboveboard.ledger import NoteVerifier

    return [NoteVerifier.from_text(peer.vkey) for peer in known_witnesses(settings)]


def _file(settings: Settings) -> Path:
    return settings.state / "witnesses"


def _peer(text: str) -> "WitnessPeer":
    from aboveboard.ledger import NoteVerifier, WitnessPeer

    url, _, vkey = text.partition("=")
    if not url.startswith(("http://", "https://")) or not vkey:
        raise AboveboardError(
            f"not a witness: {text!r}", cure="write its address and verifier key: http://…=name+hash+key"
        )
    NoteVerifier.from_text(vkey)
    return WitnessPeer(url, vkey)
