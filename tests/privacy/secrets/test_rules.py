"""Keys of every issuer are found by their marks; what only looks random is not."""

import re
from random import Random
from string import ascii_letters, ascii_uppercase, digits

import pytest

from aboveboard.privacy import find_secrets
from aboveboard.privacy.secrets._rules import CARRIED, ISSUED

CHANCE = Random("keys nobody has")
HEX, ALNUM = "0123456789abcdef", ascii_letters + digits


def drawn(letters: str, length: int) -> str:
    return "".join(CHANCE.choices(letters, k=length))


# Put together here, so that no scanner takes this file for a leak.
FOUND = [
    ("figma-key", "figd" + "_" + drawn(ALNUM, 40)),
    ("docker-key", "dckr_" + "pat_" + drawn(ALNUM, 27)),
    ("linear-key", "lin_" + "api_" + drawn(ALNUM, 40)),
    ("netlify-key", "nfp" + "_" + drawn(ALNUM, 36)),
    ("notion-key", "ntn" + "_" + drawn(ALNUM, 46)),
    ("nvidia-key", "nvapi" + "-" + drawn(ALNUM, 64)),
    ("openrouter-key", "sk-or-" + "v1-" + drawn(HEX, 64)),
    ("perplexity-key", "pplx" + "-" + drawn(ALNUM, 48)),
    ("pinecone-key", "pcsk" + "_" + drawn(ALNUM, 60)),
    ("pulumi-key", "pul" + "-" + drawn(HEX, 40)),
    ("replicate-key", "r8" + "_" + drawn(ALNUM, 37)),
    ("rubygems-key", "rubygems" + "_" + drawn(HEX, 48)),
    ("supabase-key", "sbp" + "_" + drawn(HEX, 40)),
    ("tailscale-key", "tskey-" + "auth-" + drawn(ALNUM, 12) + "-" + drawn(ALNUM, 32)),
    ("grafana-key", "glsa" + "_" + drawn(ALNUM, 32) + "_" + drawn(HEX, 8)),
    ("newrelic-key", "NRAK" + "-" + drawn(ascii_uppercase + digits, 27)),
    ("mailchimp-key", drawn(HEX, 32) + "-us" + "12"),
    (
        "aboveboard-key",
        "ab" + "-" + drawn("0123456789abcdefghjkmnpqrstvwxyz", 10) + "-" + drawn(ALNUM + "-_", 43),
    ),
    ("age-key", "AGE-SECRET-" + "KEY-1" + drawn("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 58)),
    ("atlassian-key", "ATATT3" + drawn(ALNUM, 160)),
    ("sonar-key", "sqp" + "_" + drawn(HEX, 40)),
    ("terraform-key", drawn(ALNUM, 14) + ".atlasv1" + "." + drawn(ALNUM, 64)),
    ("circleci-key", "CCIPAT" + "_" + drawn(ALNUM, 22) + "_" + drawn(HEX, 40)),
]
NOTHING = [
    "123e4567-e89b-12d3-a456-426614174000",
    "commit 9fceb02d0ae598e95dc970b74767f19372d61af8",
    "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk",
    "lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod",
    "credentials file1.json and service key abc123xyz99",
    "the token limit is 4096tokens",
    "https://example.com:8443/path@latest",
    "Basic knowledge of algebra",
    "pass: 12 of 14 tests",
]


@pytest.mark.parametrize(("type_", "secret"), FOUND, ids=[type_ for type_, _ in FOUND])
def test_a_key_is_found_whole(type_: str, secret: str) -> None:
    text = f"export X={secret} # keep"
    assert [(item.type, text[item.start : item.end]) for item in find_secrets(text)] == [(type_, secret)]


@pytest.mark.parametrize(
    ("text", "type_", "value"),
    [
        (
            "Authorization: Basic " + "dXNlcjpodW50ZXIyLWFuZC1tb3Jl",
            "basic-auth",
            "dXNlcjpodW50ZXIyLWFuZC1tb3Jl",
        ),
        ("Authorization: Bearer " + "mF_9.B5f-4.1JqM8kLw2", "bearer-token", "mF_9.B5f-4.1JqM8kLw2"),
        ("postgresql://app:" + "s3cr3tPa55@db.internal/x", "connection-string", "app:s3cr3tPa55"),
        ("DB_PASS=" + "hunter2-and-more", "password", "hunter2-and-more"),
        ("ENCRYPTION_KEY: '" + "k9Xw2LmQ8rTz'", "password", "k9Xw2LmQ8rTz"),
        ("clave: " + "Verano2024x9", "password", "Verano2024x9"),
    ],
)
def test_what_headers_and_settings_carry_is_found(text: str, type_: str, value: str) -> None:
    assert (type_, value) in [(item.type, text[item.start : item.end]) for item in find_secrets(text)]


@pytest.mark.parametrize("text", NOTHING)
def test_what_only_looks_random_is_left_alone(text: str) -> None:
    assert find_secrets(text) == []


def test_sixty_issuers_and_more_are_known() -> None:
    assert len({rule.type for rule in ISSUED}) >= 60


def test_every_rule_begins_where_its_mark_can_be_looked_for() -> None:
    for rule in (*ISSUED, *CARRIED):
        letters = re.sub(r"[^A-Za-z0-9]", "", rule.prefix)
        assert letters == "" or letters in re.sub(r"[^A-Za-z0-9]", "", rule.form.pattern), rule.prefix


# Made up, and put together so that no scanner takes them for a leak.
SHORT = "hunter" + "2"
CALLED_A_PASSWORD = [
    '{"password":"%s"}',
    "password=%s",
    "pwd: %s",
    "Passwort: %s",
    "Kennwort ist %s",
    "mi contraseña es %s",
    "mot de passe : %s",
    "password:\t'%s'",
    "password: %s # of the box",
    "my password is %s.",
    "wachtwoord: %s",
    "login --password %s now",
    "<td>Password: %s</td>",
    "password: %s<br/>user: bob",
]


@pytest.mark.parametrize("sentence", CALLED_A_PASSWORD)
@pytest.mark.parametrize("value", [SHORT, "toto" + "123", "P4ss!"])
def test_a_short_value_that_is_called_a_password_is_one(sentence: str, value: str) -> None:
    text = sentence % value
    assert [(i.type, text[i.start : i.end]) for i in find_secrets(text)] == [("password", value)]


@pytest.mark.parametrize("value", ["1234" + "56", "s3" + "cr!", "abc" + "#1x"])
def test_digits_alone_are_a_password_after_a_sign(value: str) -> None:
    text = f"password: {value}"
    assert [(i.type, text[i.start : i.end]) for i in find_secrets(text)] == [("password", value)]


STRONG = [
    "Pa$$w0" + "rd123!",
    "hunter22" + "$xyz",
    "!Sommer" + "2024",
    "#Winter" + "23abc",
    "a:Bc12" + "345",
    "12-Maria" + "-1980",
    "Maria." + "2024",
    "ab\\cd" + "1234",
    "123" + "abc",
    "dGhpc2lzYXRlc3RzZWNy" + "ZXQxMjM0NTY3ODk=",
    "AbCdEfGhIjKl" + "123456==",
]


@pytest.mark.parametrize("sentence", ["password: %s", '{"password": "%s"}', "DB_PASSWORD=%s", "pwd = '%s'"])
@pytest.mark.parametrize("value", STRONG)
def test_signs_within_a_password_and_the_end_of_base64_hide_none(sentence: str, value: str) -> None:
    text = sentence % value
    assert [(i.type, text[i.start : i.end]) for i in find_secrets(text)] == [("password", value)]


def test_in_a_query_or_a_form_a_value_ends_where_the_next_name_begins() -> None:
    value = "abcDEF" + "123456"
    for text in (f"https://example.com/?token={value}&user=1&page=22", f"password={value}&user=bob"):
        assert [(i.type, text[i.start : i.end]) for i in find_secrets(text)] == [("password", value)]


@pytest.mark.parametrize(
    "text",
    [
        "password: required",
        '"password": null',
        "password=${DB_PASSWORD}",
        "password=$PASS1",
        "password: ********",
        "password=password1",
        "password=self.password2",
        "password = getpass1()",
        "password = reading1<Password>(of)",
        "password = auth[2]",
        "passwd:x:1000:1000",
        "password is sha256 hashed",
        "password is 8chars long",
        "password must have 12345 of them",
        "a password of 123456 people",
        '"password": {"type": "string1"}',
        "password: string",
        "password: 2024-01-31",
        "PWD=/home/user1",
        "password: 11111",
        "the token is abc12",
        "password: !Ref DbPassword1",
        "password=!password1",
        "password = &password1;",
        "password=@secrets.db1",
        "password: /run/secrets/db_pass1",
        ":type password: :py:data:`str2`",
        "password==1.2.3rc1",
        "token=offset=1234abcd",
        "password: #/definitions/Password1",
        r"password = \S+\d{8}",
        "password: 10.4.12-beta1",
        r"token: C:\Users\key1",
        "Reset your password: https://example.com/reset?id=123a",
    ],
)
def test_what_is_said_of_a_password_is_none(text: str) -> None:
    assert find_secrets(text) == []


@pytest.mark.parametrize(
    "value", ["$ecret99" + "Pass", "$Passw" + "0rd1", "@Maria" + "1980", "&Sommer" + "2024"]
)
def test_a_sign_before_a_password_makes_no_variable_of_it(value: str) -> None:
    text = f"password: {value}"
    assert [(i.type, text[i.start : i.end]) for i in find_secrets(text)] == [("password", value)]


@pytest.mark.parametrize(
    "text",
    [
        "password=$PASS1",
        "password: $DB_PASS_2024",
        "$password = $pass2;",
        "password: $oauth2Token",
        "token=$sha256sum",
        "password: $1",
        "password: %s1",
        "password=&password1",
        "password: $base64Pass",
    ],
)
def test_a_variable_is_no_password(text: str) -> None:
    assert find_secrets(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("mysql -u root -p%s shop", "S3cret"),
        ("mysqldump -h db -u root -p'%s' shop > shop.sql", "S3cr!t9"),
        ("curl -u alice:%s https://host.example", "s3cret"),
        ('curl -s --user "alice:%s" https://host.example', "s3cret9"),
        ("sshpass -p %s ssh root@host", "S3cret"),
        ("redis-cli -h cache -a %s ping", "S3cret9"),
        ("docker login -u bob -p %s registry.example", "S3cret9"),
        ("mongosh -u bob -p %s", "S3cret9"),
        ("ldapsearch -x -w %s", "S3cret9"),
        ("PGPASSWORD=%s psql -h db", "s3cret"),
        ("<password>%s</password>", "x9!kd02"),
        ("<db.password>%s</db.password>", "x9!kd02"),
        ('<Password encrypted="no">%s</Password>', "x9!kd02"),
        ("<password><![CDATA[%s]]></password>", "x9!kd02"),
        ('<add key="Password" value="%s"/>', "x9!kd02"),
        ('<input type="password" name="pw" value="%s">', "x9!kd02"),
        ("<td>Password</td><td>%s</td>", "x9!kd02"),
        ("<key>password</key><string>%s</string>", "x9!kd02"),
        ("<b>Password:</b> %s<br>", "x9!kd02"),
        ("**Password:** %s", "hunter" + "22"),
        ("**Password**: %s", "hunter" + "22"),
        ("| Password | %s |", "x9!kd02"),
        ('password := "%s"', "x9!kd02"),
        ('"password": "%s"', "x9!k;d02"),
    ],
)
def test_a_password_is_found_in_commands_and_in_mark_up(text: str, value: str) -> None:
    text %= value
    assert [(i.type, text[i.start : i.end]) for i in find_secrets(text)] == [("password", value)]


@pytest.mark.parametrize(
    "text",
    [
        "mysql -u root -p -h db1",
        "mysql -u root -port=3306",
        "mysql -P3306 -pproduction",
        "mysqld is old; use -p1flags",
        "curl -u $USER:$PASS https://host.example",
        "curl -u user:password https://host.example",
        "curl -u alice: https://host.example",
        "curl -X POST https://host.example:8443/a1b2c3",
        "docker run -p 8080:80 image1",
        "<password>changeme1</password>",
        "<password>string</password>",
        '<xs:element name="password" type="xs:string1"/>',
        '<input type="password" placeholder="min8" id="pass1">',
        '<label for="password">Password</label><input id="x1">',
        "<b>Password</b> 12345 people",
        "| Password | required |",
        "if password>12345</b>",
        "token_annotation_1 = tokens_in_ents[token_index][0]",
        '"password": "string, min 8"',
        'password = "getpass(1)"',
    ],
)
def test_what_stands_in_commands_and_mark_up_in_place_of_a_password_is_none(text: str) -> None:
    assert find_secrets(text) == []


KEYS = {
    "github-key": "ghp" + "_" + drawn(ALNUM, 36),
    "gitlab-key": "glpat" + "-" + drawn(ALNUM, 20),
    "slack-key": "xoxb" + "-" + drawn(digits, 12) + "-" + drawn(ALNUM, 24),
    "npm-key": "npm" + "_" + drawn(ALNUM, 36),
    "anthropic-key": "sk-ant" + "-api03-" + drawn(ALNUM, 40),
    "aboveboard-key": "ab" + "-" + drawn("0123456789abcdefghjkmnpqrstvwxyz", 10) + "-" + drawn(ALNUM, 43),
    "web-token": "eyJhbGciOiJIUzI1NiJ9" + "." + drawn(ALNUM, 40) + "." + drawn(ALNUM, 43),
}


@pytest.mark.parametrize("type_", KEYS)
@pytest.mark.parametrize("before", ["token", "API", "x1"])
def test_a_key_with_an_unmistakable_mark_is_found_right_after_a_word(type_: str, before: str) -> None:
    text = f"the {before}{KEYS[type_]} is lost"
    assert [(i.type, text[i.start : i.end]) for i in find_secrets(text)] == [(type_, KEYS[type_])]


@pytest.mark.parametrize(
    "text",
    [
        "cachekey-d41d8cd98f00b204e9800998ecf8427e",
        "self.weighp_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "btn-xglpat-some-long-name-of-a-class-in-a-style-sheet",
        "monkeylin_api_theQuickBrownFoxJumpsOverTheLazyDogAndMore",
    ],
)
def test_a_word_that_ends_like_a_mark_makes_no_key(text: str) -> None:
    assert find_secrets(text) == []
