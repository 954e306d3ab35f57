"""What keys look like, by who issues them. Prefixes are those that the issuers document."""

import re
from dataclasses import dataclass

_EDGE = r"(?<![A-Za-z0-9])"
_DONE = r"(?![A-Za-z0-9])"


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of key: text that every one holds (a cheap first look), its form, the least entropy a
    character.
    """

    type: str
    prefix: str
    form: re.Pattern[str]
    bits: float = 0.0


def _rule(type_: str, prefix: str, form: str, bits: float = 2.5) -> Rule:
    return Rule(type_, prefix, re.compile(_EDGE + form + _DONE), bits)


RULES: tuple[Rule, ...] = (
    _rule("anthropic-key", "sk-ant-", r"sk-ant-[\w-]{16,200}+"),
    _rule("aws-key", "AKIA", r"AKIA[A-Z2-7]{16}"),
    _rule("aws-key", "ASIA", r"ASIA[A-Z2-7]{16}"),
    _rule("azure-key", "AccountKey=", r"AccountKey=[A-Za-z0-9+/]{60,100}={0,2}"),
    _rule("databricks-key", "dapi", r"dapi[0-9a-f]{32}(?:-\d)?"),
    _rule("digitalocean-key", "_v1_", r"do[opr]_v1_[0-9a-f]{64}"),
    _rule("github-key", "gh", r"gh[pousr]_[A-Za-z0-9]{30,255}+"),
    _rule("github-key", "github_pat_", r"github_pat_\w{22,255}+"),
    _rule("gitlab-key", "glpat-", r"glpat-[\w-]{20,64}+"),
    _rule("google-key", "AIza", r"AIza[\w-]{35}"),
    _rule("google-key", "GOCSPX-", r"GOCSPX-[\w-]{28}"),
    _rule("google-key", "ya29.", r"ya29\.[\w-]{20,1000}+"),
    _rule("groq-key", "gsk_", r"gsk_[A-Za-z0-9]{40,64}+"),
    _rule("huggingface-key", "hf_", r"hf_[A-Za-z0-9]{30,64}+"),
    _rule("mailgun-key", "key-", r"key-[0-9a-f]{32}"),
    _rule("npm-key", "npm_", r"npm_[A-Za-z0-9]{36}"),
    _rule("openai-key", "sk-", r"sk-(?!ant-)(?:proj-|svcacct-|admin-)?[\w-]{20,220}+", 3.0),
    _rule("postman-key", "PMAK-", r"PMAK-[0-9a-f]{24}-[0-9a-f]{34}"),
    _rule("pypi-key", "pypi-", r"pypi-AgEI[\w-]{50,1000}+"),
    _rule("sendgrid-key", "SG.", r"SG\.[\w-]{16,32}\.[\w-]{32,64}+"),
    _rule("shopify-key", "shp", r"shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}"),
    _rule("slack-key", "xox", r"xox[abeoprs]-[A-Za-z0-9-]{10,250}+"),
    _rule("slack-key", "xapp-", r"xapp-\d-[A-Za-z0-9-]{20,250}+"),
    _rule("slack-webhook", "hooks.slack.com", r"hooks\.slack\.com/services/T\w{6,14}/B\w{6,14}/\w{16,32}"),
    _rule("stripe-key", "k_", r"[sr]k_(?:live|test)_[A-Za-z0-9]{10,250}+"),
    _rule("stripe-key", "whsec_", r"whsec_[A-Za-z0-9+/=]{24,100}+"),
    _rule("telegram-key", ":AA", r"\d{8,10}:AA[\w-]{32,34}"),
    _rule("twilio-key", "SK", r"SK[0-9a-f]{32}"),
    _rule("vault-key", "hvs.", r"hvs\.[\w-]{24,250}+"),
    _rule("xai-key", "xai-", r"xai-[A-Za-z0-9]{40,100}+"),
)

JWT = re.compile(r"(?<![\w-])(eyJ[\w-]{8,4000}+)\.[\w-]{4,4000}+(?:\.[\w-]{0,1000}+)?")

_SEPARATOR = r"(?:\s|\\r|\\n)"
_HEADER = r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----"
_FIELDS = rf"(?:{_SEPARATOR}{{1,8}}(?:Proc-Type|DEK-Info|Version|Comment): [^\n\\]{{0,100}}){{0,4}}"
_LINES = rf"(?:{_SEPARATOR}{{1,8}}[A-Za-z0-9+/=]{{20,2000}}+){{0,200}}"
_FOOTER = r"-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----"

PRIVATE_KEY = re.compile(
    rf"{_HEADER}{_FIELDS}{_LINES}(?:(?:{_SEPARATOR}{{1,8}}[A-Za-z0-9+/=]{{1,76}})?{_SEPARATOR}{{0,8}}"
    rf"{_FOOTER})?"
)
"""A private key in PEM (RFC 7468) or armour (RFC 9580); one without its last line counts too."""

OPEN_PRIVATE_KEY = re.compile(
    rf"-----BEGIN[A-Z0-9 ]{{0,60}}-{{0,5}}|{_HEADER}{_FIELDS}{_LINES}"
    rf"(?:{_SEPARATOR}{{1,8}}(?:[A-Za-z0-9+/=]{{0,76}}|[A-Z][A-Za-z-]{{0,10}}:? ?[^\n\\]{{0,100}}))?"
    rf"{_SEPARATOR}{{0,8}}(?:-{{1,5}}[A-Z0-9 ]{{0,60}}-{{0,5}})?\\?"
)
"""A whole text that what follows may make (more of) a private key."""

# Characters of scripts written without spaces end a word (see `_regions.py`), and so a value.
_VALUE = r"[^\s\"'`,;(){}<>|\u0e00-\u0eff\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]"

ASSIGNED = re.compile(
    r"(?:passw(?:or)?d|passphrase|pwd|secret|token|api[_ -]?key|access[_ -]?key|private[_ -]?key|kennwort"
    r"|passwort"
    r"|contraseña|mot de passe)(?=[\"']?(?: is| ist| es| est)?[ \t]{0,2}(?:[:=]|\bis\b|=>)?[ \t]{0,2}[\"']?"
    r"(?<=[\s:=>\"'])" + rf"({_VALUE}{{8,128}})(?!{_VALUE}))",
    re.IGNORECASE,
)
"""A value that the words before it call a secret."""
ASSIGNED_WORDS = (
    "passw",
    "pwd",
    "secret",
    "token",
    "key",
    "passphrase",
    "kennwort",
    "contraseña",
    "mot de passe",
)
