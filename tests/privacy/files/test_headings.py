"""What the name of a column tells of its values, in five languages."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from aboveboard.privacy.files import Excerpt, Looking
from aboveboard.privacy.files._headings import type_under
from samples.scanning import Find

Write = Callable[..., Path]


@pytest.mark.parametrize(
    ("label", "type_"),
    [
        ("password", "password"),
        ("db pwd", "password"),
        ("Passwort", "password"),
        ("contraseña", "password"),
        ("mot de passe", "password"),
        ("parola d'ordine", "password"),
        ("First Name", "person"),
        ("customer first name 2", "person"),
        ("Nachname", "person"),
        ("apellidos", "person"),
        ("prénom", "person"),
        ("cognome", "person"),
        ("name", "person-like"),
        ("home phone number", "phone"),
        ("Telefonnummer", "phone"),
        ("móvil", "phone"),
        ("E Mail", "email"),
        ("courriel", "email"),
        ("ip address", "ip"),
        ("email address", "email"),
        ("Straße", "address"),
        ("dirección", "address"),
        ("date de naissance", "birth-date"),
        ("Geburtsdatum", "birth-date"),
        ("data di nascita", "birth-date"),
        ("home latitude", "coordinates"),
        ("long", "coordinates"),
        ("how long", None),
        ("product name", None),
        ("file name", None),
        ("token", None),
        ("", None),
    ],
)
def test_a_name_tells_the_type_of_what_stands_under_it(label: str, type_: str | None) -> None:
    assert type_under(label) == type_


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("password", "hunter2", [("password", "hunter2")]),
        ("Kennwort", "sommer", [("password", "sommer")]),
        ("first_name", "ngozi", [("person", "ngozi")]),
        ("name", "Ngozi", [("person", "Ngozi")]),
        ("e-mail", "anna[at]example.com", [("email", "anna[at]example.com")]),
        ("Name", "Anna Smith <anna@example.com>", [("person", "Anna Smith"), ("email", "anna@example.com")]),
        ("password", "N/A", []),
        ("phone", "false", []),
        ("first_name", "-", []),
        ("birth date", "unknown", []),
        ("phone", "see notes", []),
    ],
)
def test_such_a_value_is_found_whole(
    write: Write, found: Find, name: str, value: str, expected: list[tuple[str, str]]
) -> None:
    table = write("a.csv", f"{name},amount\n{value},x\n")
    assert [(type_, text) for type_, text, _ in found(table)] == expected


REPLACED = {
    "email": "<EMAIL_1>",
    "first_name": "<PERSON_1> <PERSON_2>",
    "phone": "[PHONE]",
    "password": "<PASSWORD~k7q2xw5mabcdefgh>",
    "iban": "<IBAN#9f86d081884c7d65>",
    "dob": "<BIRTH_DATE_1>",
    "passport": "<OPENAI_KEY_7>",
}


@pytest.mark.parametrize("name", ["a.csv", "a.json"])
def test_what_was_masked_already_is_nobody(write: Write, found: Find, name: str) -> None:
    table = [",".join(REPLACED), ",".join(REPLACED.values())]
    assert found(write(name, "\n".join(table) if name == "a.csv" else json.dumps(REPLACED))) == []


@pytest.mark.parametrize(
    ("name", "value", "left"),
    [
        ("first_name", "<NGOZI_1>", "NGOZI_1"),
        ("first_name", "<PERSON_1> Ngozi", "Ngozi"),
        ("password", "<EMAIL_1>x", "x"),
        ("password", "<hunter_2>", "<hunter_2>"),
    ],
)
def test_what_stands_beside_stand_ins_is_found(
    write: Write, found: Find, name: str, value: str, left: str
) -> None:
    assert [text for _, text, _ in found(write("a.csv", f"{name},amount\n{value},x\n"))] == [left]


def test_only_the_types_asked_for_are_told_by_a_name() -> None:
    excerpt = Excerpt("first name: ngozi", 12)
    assert Looking(frozenset(["email"]))([excerpt]) == [[]]
    assert [item.type for item in Looking(frozenset(["person"]))([excerpt])[0]] == ["person"]
    assert Looking(least=0.9)([Excerpt("password: x1", 10)]) == [[]]


def test_fields_of_json_are_told_by_their_names(write: Write, found: Find) -> None:
    path = write("a.json", '{"user": {"firstName": "ngozi", "pwd": 1234, "mail": null}}')
    assert [(type_, value) for type_, value, _ in found(path)] == [("person", "ngozi"), ("password", "1234")]
