"""What a database holds of a person, to be searched for once they are erased."""

from aboveboard.evidence import Evidence


def traces_of(evidence: Evidence, data_subject: str) -> list[bytes]:
    """What the tables hold of a person: keyed hash, wrapped key, sealed name, ciphertexts."""

    def look() -> list[bytes]:
        connection = evidence._store.connection
        tag = evidence._store.master.tag("owner", data_subject)
        owner, wrapped, name = connection.execute(
            "SELECT owner, wrapped, name FROM owners WHERE tag = ?", (tag,)
        ).fetchone()
        sealed = connection.execute(
            "SELECT sealed FROM payloads JOIN records ON seq = place / 64 WHERE owner = ?", (owner,)
        )
        return [tag, wrapped, name, *(blob for (blob,) in sealed)]

    return evidence.recorder.run(look).result()
