"""The charter: the one policy file. Load it, explain it, compare two; contexts and law that it refers to."""

from aboveboard.charter._access import AccessRules, Price
from aboveboard.charter._change import Change
from aboveboard.charter._charter import (
    Charter,
    Defaults,
    Disclosure,
    FootprintPlan,
    GuardEntry,
    Hardware,
    ModelEntry,
    ObligationEntry,
    PrivacyBudget,
    Promise,
    Role,
    SignOffRule,
    System,
)
from aboveboard.charter._content import content
from aboveboard.charter._diff import diff
from aboveboard.charter._errors import CharterError, Problem
from aboveboard.charter._explain import explain
from aboveboard.charter._known import Known
from aboveboard.charter._law import Jurisdiction, Obligation, jurisdictions, obligations
from aboveboard.charter._load import load_charter, parse_charter
from aboveboard.charter._misuse import MisusePlan, OrdinaryUse
from aboveboard.charter._mitigation import Mitigation, WorkedExample
from aboveboard.charter._monitoring import DriftRule, Monitoring, ProbePlan
from aboveboard.charter._oversight import HoldPlan, Oversight, Webhook
from aboveboard.charter._place import place_of_model
from aboveboard.charter._profiles import Profile, contexts, profile
from aboveboard.charter._routing import AnswerCache, AutoModel, CircuitRule, Routing
from aboveboard.charter._schema import KeyInfo, charter_keys, charter_schema
from aboveboard.charter._template import charter_template
from aboveboard.charter._words import duration_words, measure_phrase, promise_words

__all__ = [
    "AccessRules",
    "AnswerCache",
    "AutoModel",
    "Change",
    "Charter",
    "CharterError",
    "CircuitRule",
    "Defaults",
    "Disclosure",
    "DriftRule",
    "FootprintPlan",
    "GuardEntry",
    "Hardware",
    "HoldPlan",
    "Jurisdiction",
    "KeyInfo",
    "Known",
    "MisusePlan",
    "Mitigation",
    "ModelEntry",
    "Monitoring",
    "Obligation",
    "ObligationEntry",
    "OrdinaryUse",
    "Oversight",
    "Price",
    "PrivacyBudget",
    "ProbePlan",
    "Problem",
    "Profile",
    "Promise",
    "Role",
    "Routing",
    "SignOffRule",
    "System",
    "Webhook",
    "WorkedExample",
    "charter_keys",
    "charter_schema",
    "charter_template",
    "content",
    "contexts",
    "diff",
    "duration_words",
    "explain",
    "jurisdictions",
    "load_charter",
    "measure_phrase",
    "obligations",
    "parse_charter",
    "place_of_model",
    "profile",
    "promise_words",
]
