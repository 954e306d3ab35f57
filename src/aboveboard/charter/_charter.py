"""What a charter holds, once read and merged with its context's defaults."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from aboveboard.charter._access import AccessRules, Price
from aboveboard.charter._containers import FreeForm, ListOf, MapOf
from aboveboard.charter._keys import Key
from aboveboard.charter._misuse import MisusePlan
from aboveboard.charter._mitigation import Mitigation
from aboveboard.charter._monitoring import Monitoring
from aboveboard.charter._oversight import Oversight, Webhook
from aboveboard.charter._record import Record
from aboveboard.charter._retained import Retained
from aboveboard.charter._routing import Routing
from aboveboard.charter._scalars import Choice, Duration, Number, Requirement, Text, Word
from aboveboard.charter._selection import Made, Selection
from aboveboard.values import Bound

Origin = Literal["charter", "context"]
WHEN = ("release", "live", "daily", "weekly", "monthly", "quarterly", "yearly")
IF_BROKEN = ("warn", "fallback", "hold", "stop")  # weakest first
MODES = ("input", "output", "terminal")
ACTIONS = ("annotate", "mask", "replace", "escalate", "hold", "block")  # weakest first
ACCOUNTABLE = "accountable"

_NAME = Text("a name of letters, digits, `.`, `_` and `-`", "[A-Za-z0-9][A-Za-z0-9._-]{0,63}", 64)
_TEXTS = ListOf(Text())
_ATTRIBUTES = Text(
    "an attribute such as `gender` or `gender*ethnicity`", r"[a-z][a-z0-9_-]*(\*[a-z][a-z0-9_-]*)*", 100
)


@dataclass(frozen=True, slots=True)
class System:
    """What is being run, for what, and on whom."""

    name: Annotated[str, Key(Text(longest=200), "What people call the system.")]
    purpose: Annotated[str, Key(Text(), "What it is for, in a sentence.")]
    context: Annotated[str, Key(Word("context"), "The profile whose default promises and guards apply.")]
    not_for: Annotated[tuple[str, ...], Key(_TEXTS, "Uses that are ruled out.")] = ()
    affected: Annotated[tuple[str, ...], Key(_TEXTS, "The people its answers touch.")] = ()
    jurisdictions: Annotated[
        tuple[str, ...], Key(ListOf(Word("jurisdiction")), "Where it is used, such as `EU` or `US-NYC`.")
    ] = ()


@dataclass(frozen=True, slots=True)
class Role:
    """A line of responsibility."""

    title: Annotated[str, Key(Text(longest=200), "What the role is called in the organisation.")]
    contact: Annotated[str, Key(Text(longest=200), "Where the role is reached. Never written to the log.")]


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """A language model and what it is used for."""

    id: Annotated[str, Key(Text("a model name without spaces", r"[^\s]+", 200), "The name requests ask for.")]
    provider: Annotated[
        str, Key(Word("provider"), "What runs it: `local`, `openai`, `anthropic` or another plug-in.")
    ]
    role: Annotated[
        str,
        Key(
            Choice(("primary", "fallback", "other")),
            "`primary` answers; `fallback` takes its place; `other` is asked by name or by `routing`.",
        ),
    ] = "primary"
    base_url: Annotated[
        str,
        Key(
            Text(
                "an http:// or https:// address without a password in it",
                r"https?://[^\s@]+",
                500,
                is_secret=True,
            ),
            "The endpoint.",
        ),
    ] = ""
    api_key_env: Annotated[
        str,
        Key(
            Text(
                "the name of an environment variable (never the key itself)",
                "[A-Z_][A-Z0-9_]*",
                64,
                is_secret=True,
            ),
            "The environment variable that holds the key.",
        ),
    ] = ""
    options: Annotated[Mapping[str, Any], Key(FreeForm(), "Options of the provider.")] = field(
        default_factory=dict
    )
    price: Annotated[
        Price | None, Key(Record(Price, "a price"), "What its endpoint charges; limits in money need it.")
    ] = None
    mitigation: Annotated[
        Mitigation | None,
        Key(Record(Mitigation, "a mitigation"), "What is done, without training, so that promises are kept."),
    ] = None


@dataclass(frozen=True, slots=True)
class Promise:
    """A requirement on a measure, with the doubt allowed, the moments it is checked and what follows."""

    id: Annotated[str, Key(_NAME, "The promise's own name.")]
    measure: Annotated[str, Key(Word("measure"), "What is measured; `aboveboard measures` lists them.")]
    must: Annotated[Bound, Key(Requirement(), "What the value must be.")]
    owner: Annotated[str, Key(Word("role"), "The role that answers for it.")]
    if_broken: Annotated[str, Key(Choice(IF_BROKEN), "What happens when it is broken.")] = "warn"
    over: Annotated[
        tuple[str, ...], Key(ListOf(_ATTRIBUTES), "The groups it must hold for, each by itself.")
    ] = ()
    confidence: Annotated[
        float, Key(Number(0.5, 1, is_open=True), "How sure the verdict must be; else it stays undecided.")
    ] = 0.95
    when: Annotated[tuple[str, ...], Key(ListOf(Choice(WHEN), least=1), "When it is checked.")] = ("release",)
    reason: Annotated[str, Key(Text(), "Why it is promised.")] = ""
    source: Annotated[str, Key(Text(), "Where measure or threshold come from.")] = ""
    origin: Origin = "charter"


@dataclass(frozen=True, slots=True)
class GuardEntry:
    """A check on what goes in or comes out. Keys beyond these are the guard's own options."""

    guard: Annotated[str, Key(Word("guard"), "Which guard.")]
    mode: Annotated[
        tuple[str, ...],
        Key(ListOf(Choice(MODES), least=1), "What it looks at; `terminal` is the whole answer."),
    ]
    action: Annotated[str, Key(Choice(ACTIONS), "What it does with what it finds.")]
    on_error: Annotated[
        str,
        Key(
            Choice(("closed", "open")), "When the guard itself fails: refuse (`closed`) or let pass (`open`)."
        ),
    ] = "closed"
    timeout_ms: Annotated[
        int, Key(Number(1, 60_000, is_whole=True), "How long it may take, in milliseconds.")
    ] = 100
    reason: Annotated[str, Key(Text(), "Why it is there.")] = ""
    source: Annotated[str, Key(Text(), "Where the idea comes from.")] = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    origin: Origin = "charter"


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What people are told about the answers."""

    ai_notice: Annotated[
        str,
        Key(
            Choice(("header+first-message", "first-message", "header", "none")),
            "Where answers say that an AI wrote them.",
        ),
    ] = "header+first-message"
    provenance: Annotated[
        str,
        Key(Choice(("receipt", "none")), "Whether each answer carries a receipt id that can be verified."),
    ] = "receipt"


@dataclass(frozen=True, slots=True)
class PrivacyBudget:
    """The most that may be learnt about one unit of a data set (differential privacy)."""

    epsilon: Annotated[float, Key(Number(0, 1000, is_open=True), "The privacy loss allowed in all.")]
    delta: Annotated[float, Key(Number(0, 1, is_open=True), "The chance of a greater loss allowed.")]
    unit: Annotated[
        str, Key(Choice(("user", "record")), "Whom it protects: a person's whole data or one record.")
    ] = "user"


@dataclass(frozen=True, slots=True)
class Hardware:
    """A machine, so that its making is counted over its life."""

    asset: Annotated[str, Key(_NAME, "The machine's name in your inventory.")]
    bought: Annotated[int, Key(Number(1990, 2100, is_whole=True), "The year it was bought.")]
    life_years: Annotated[float, Key(Number(0, 50, is_open=True), "How many years it is to serve.")]
    embodied_kg: Annotated[
        float | None,
        Key(Number(0, 1_000_000, is_open=True), "Kilograms of CO2e of its making, by its maker's statement."),
    ] = None
    threads: Annotated[
        int | None,
        Key(
            Number(1, 100_000, is_whole=True),
            "Its hardware threads, which share its making; without it, those of the machine that measures.",
        ),
    ] = None
    at_work: Annotated[
        float | None, Key(Number(0.01, 1), "The share of its life in which its processors are at work.")
    ] = None


@dataclass(frozen=True, slots=True)
class FootprintPlan:
    """What energy is turned into carbon and water with."""

    grid: Annotated[
        str,
        Key(
            Text("`auto` or a grid code such as `FR` or `US-CA`", "[A-Za-z][A-Za-z0-9-]{1,15}", 16),
            "Whose electricity.",
        ),
    ] = "auto"
    hardware: Annotated[
        tuple[Hardware, ...],
        Key(ListOf(Record(Hardware, "a machine"), identity="asset"), "The machines it runs on."),
    ] = ()
    wue: Annotated[
        float,
        Key(
            Number(0, 100), "Litres that cooling evaporates on the spot for a kilowatt-hour of the machines."
        ),
    ] = 0.0


@dataclass(frozen=True, slots=True)
class SignOffRule:
    """Who has to agree before this charter counts."""

    quorum: Annotated[int, Key(Number(1, 100, is_whole=True), "How many of them must agree.")]
    parties: Annotated[
        tuple[str, ...], Key(ListOf(_NAME, least=1), "Who may agree: roles or groups.", name="from")
    ]


@dataclass(frozen=True, slots=True)
class Defaults:
    """Which of the context's defaults apply."""

    promises: Annotated[
        bool | tuple[str, ...],
        Key(Selection("default promise"), "`false` for none, or a list of those to drop."),
    ] = True
    guards: Annotated[
        bool | tuple[str, ...],
        Key(Selection("default guard"), "`false` for none, or a list of those to drop."),
    ] = True


@dataclass(frozen=True, slots=True)
class ObligationEntry:
    """A provision of law or a standard that this charter keeps in view."""

    id: str
    origin: Origin = "charter"


def default_retention() -> dict[str, timedelta]:
    """How long things are kept when the charter does not say."""
    return {"payloads": timedelta(days=30), "receipts": timedelta(days=3 * 365)}


@dataclass(frozen=True, slots=True)
class Charter:
    """What a team promises about one system. `digest` names the content, whatever its comments and order."""

    version: Annotated[int, Key(Choice((1,)), "The version of this format.", name="charter")]
    system: Annotated[System, Key(Record(System, "a system"), "What is run, for what, and on whom.")]
    roles: Annotated[
        Mapping[str, Role],
        Key(
            MapOf(_NAME, Record(Role, "a role"), "<role>"),
            "Who answers for what. `accountable` must be among them.",
        ),
    ]
    models: Annotated[
        tuple[ModelEntry, ...],
        Key(
            ListOf(Record(ModelEntry, "a model"), identity="id", least=1),
            "The models; exactly one is `primary`.",
        ),
    ]
    promises: Annotated[
        tuple[Promise, ...], Key(ListOf(Record(Promise, "a promise"), identity="id"), "What is promised.")
    ] = ()
    guards: Annotated[
        tuple[GuardEntry, ...],
        Key(
            ListOf(Record(GuardEntry, "a guard", rest="options"), identity=None), "What checks every answer."
        ),
    ] = ()
    defaults: Annotated[
        Defaults, Key(Record(Defaults, "a choice of defaults"), "Which defaults of the context apply.")
    ] = Defaults()
    obligations: Annotated[
        tuple[ObligationEntry, ...],
        Key(ListOf(Made(Word("obligation"), ObligationEntry)), "Provisions kept in view."),
    ] = ()
    disclosure: Annotated[Disclosure, Key(Record(Disclosure, "a disclosure"), "What people are told.")] = (
        Disclosure()
    )
    privacy_budgets: Annotated[
        Mapping[str, PrivacyBudget],
        Key(
            MapOf(_NAME, Record(PrivacyBudget, "a privacy budget"), "<data set>"),
            "How much may be learnt from data.",
        ),
    ] = field(default_factory=dict)
    retention: Annotated[
        Mapping[str, timedelta],
        Key(
            MapOf(Retained(), Duration(), "<kind>"),
            "How long `payloads`, `receipts`, `cases`, `runs` and more are kept.",
        ),
    ] = field(default_factory=default_retention)
    footprint: Annotated[
        FootprintPlan,
        Key(Record(FootprintPlan, "a footprint"), "What energy is turned into carbon and water with."),
    ] = FootprintPlan()
    sign_off: Annotated[
        SignOffRule | None, Key(Record(SignOffRule, "a sign-off"), "Who has to agree before it counts.")
    ] = None
    routing: Annotated[
        Routing, Key(Record(Routing, "a routing"), "Which model answers when one fails, or a cheaper does.")
    ] = field(default_factory=Routing)
    access: Annotated[AccessRules, Key(Record(AccessRules, "rules of access"), "Who may ask, and look.")] = (
        field(default_factory=AccessRules)
    )
    oversight: Annotated[
        Oversight, Key(Record(Oversight, "an oversight"), "Who looks at answers that are held.")
    ] = field(default_factory=Oversight)
    webhooks: Annotated[
        tuple[Webhook, ...],
        Key(
            ListOf(Record(Webhook, "a webhook"), identity="url"),
            "Who is told when a person has to look at something.",
        ),
    ] = ()
    monitoring: Annotated[
        Monitoring, Key(Record(Monitoring, "a plan for monitoring"), "What is watched on live answers.")
    ] = field(default_factory=Monitoring)
    misuse: Annotated[
        MisusePlan, Key(Record(MisusePlan, "a plan against misuse"), "What becomes of those who misuse it.")
    ] = field(default_factory=MisusePlan)
    digest: str = ""
    path: Path | None = None

    @property
    def primary(self) -> ModelEntry:
        """The model that answers."""
        return next(model for model in self.models if model.role == "primary")

    @property
    def fallback(self) -> ModelEntry | None:
        """The model that takes the primary's place, if there is one."""
        return next((model for model in self.models if model.role == "fallback"), None)
