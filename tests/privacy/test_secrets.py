"""What counts as a secret. The samples are put together here, so that no scanner takes this file for a
leak."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from aboveboard.privacy import find_secrets
from aboveboard.privacy.patterns import CONTEXT
from aboveboard.privacy.secrets._entropy import entropy
from aboveboard.privacy.streams import settled_secrets

ALNUM = "aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0zA1bC2dE3fG4hJ5kL6mN7pQ8rS9tU0vW1xY2z"
HEX = "0123456789abcdef" * 5
B64 = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj"
KEY = f"-----BEGIN RSA PRIVATE KEY-----\n{B64}\n{B64[::-1]}\nab12==\n-----END RSA PRIVATE KEY-----"
JWT = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9" + ".eyJzdWIiOiIxMjM0NTY3ODkwIn0." + ALNUM[:43]
FOUND = [
    ("AKIA" + "Q3EGRV7XZ5T2MLNB", "aws-key"),
    ("ghp_" + ALNUM[:36], "github-key"),
    ("github_pat_" + ALNUM[:40], "github-key"),
    ("glpat-" + ALNUM[:20], "gitlab-key"),
    ("sk-ant-" + "api03-" + ALNUM[:40], "anthropic-key"),
    ("sk-proj-" + ALNUM[:40], "openai-key"),
    ("xoxb-" + "123456789012-" + ALNUM[:24], "slack-key"),
    ("sk_live_" + ALNUM[:24], "stripe-key"),
    ("AIza" + ALNUM[:35], "google-key"),
    ("npm_" + ALNUM[:36], "npm-key"),
    ("hf_" + ALNUM[:34], "huggingface-key"),
    ("SG." + ALNUM[:22] + "." + ALNUM[:43], "sendgrid-key"),
    ("dapi" + HEX[:32], "databricks-key"),
    ("123456789:AA" + ALNUM[:33], "telegram-key"),
    (JWT, "web-token"),
    (KEY, "private-key"),
]
NOTHING = [
    "sk-learn is a library, so is scikit-learn-intelex-and-more",
    "password: your_password_here1",
    "password = ${DB_PASSWORD1}",
    "the secret of success2",
    "token: xxxxxxxxxxxx1",
    "my password is forgotten",
    "AKIA" + "A" * 16,
    "eyJhbGc.not-json-at-all.aaaa",
    "https://example.com/a/very/long/path/that/goes/on/and/on/without/end.html",
    "the-quick-brown-fox-jumps-over-the-lazy-dog",
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
]


@pytest.mark.parametrize(("secret", "type_"), FOUND)
def test_a_secret_is_found_whole(secret: str, type_: str) -> None:
    text = f"use {secret} please"
    assert [(item.type, text[item.start : item.end]) for item in find_secrets(text)] == [(type_, secret)]


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_secret_is_left_alone(text: str) -> None:
    assert find_secrets(text) == []


@pytest.mark.parametrize(
    "disguised",
    [
        "ghp_\u200b" + ALNUM[:36],
        "ghp\uff3f" + ALNUM[:36],
        "g\u04bbp_" + ALNUM[:36],
        "\u202eghp_" + ALNUM[:10] + "\u00ad" + ALNUM[10:36],
    ],
)
def test_disguises_are_seen_through_and_offsets_are_the_originals(disguised: str) -> None:
    text = f"\u00e9 {disguised} ok"
    (item,) = find_secrets(text)
    assert item.type == "github-key"
    assert text[item.start : item.end] == disguised.removeprefix("\u202e")


def test_a_value_that_is_called_a_password_is_one() -> None:
    text = '{"password": "hunter2-and-more"}'
    assert [(item.type, text[item.start : item.end]) for item in find_secrets(text)] == [
        ("password", "hunter2-and-more")
    ]


def test_a_private_key_without_its_last_line_is_still_one() -> None:
    assert [item.type for item in find_secrets(KEY[:110])] == ["private-key"]


def test_entropy_is_shannons() -> None:
    assert entropy("aaaa") == 0
    assert entropy("abcd") == 2


TEXTS = st.lists(
    st.one_of(
        st.sampled_from(
            [secret for secret, _ in FOUND] + NOTHING + [" ", "\n", "password: ", "token=", "-----BEGIN "]
        ),
        st.text(max_size=6),
    ),
    max_size=5,
).map("".join)


@settings(deadline=None)
@given(TEXTS)
@example(f"a {KEY} b")
@example("glpat-" + ALNUM[:20] + KEY)
@example(KEY + JWT)
@example(KEY + JWT + KEY)
@example("password: \u0e00AKIA" + "Q3EGRV7XZ5T2MLNB")
def test_a_text_cut_where_it_is_settled_gives_the_same_findings(text: str) -> None:
    found, done, before = [], 0, ""
    for upto in range(1, len(text) + 1):
        end = settled_secrets(text[done:upto]) if upto < len(text) else upto - done
        if end:
            piece = text[done : done + end]
            found += [
                (item.start - len(before) + done, item.type)
                for item in find_secrets(before + piece, len(before))
            ]
            before, done = (before + piece)[-CONTEXT:], done + end
    assert found == [(item.start, item.type) for item in find_secrets(text)]


HOSTILE = ["sk-", "eyJ", "eyJ-", "-----BEGIN ", "a", "AKIA", "password ", "key=", "ghp_", "A/", "SG."]
HOSTILE += [
    "<password>",
    "<b>pass:</b>",
    'password" a="',
    "mysql ",
    "curl -u a:",
    "password: $a",
    "| token |",
    "aeyJ",
]
HOSTILE += ["ghp_eyJ", "password:'a,"]


@pytest.mark.parametrize("unit", HOSTILE)
def test_time_is_linear_on_hostile_text(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    began = time.process_time()
    find_secrets(text)
    assert time.process_time() - began < 3
