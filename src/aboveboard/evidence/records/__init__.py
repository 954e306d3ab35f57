"""The kinds of evidence, one a file."""

from aboveboard.evidence.records._access_change import AccessChange
from aboveboard.evidence.records._alarm import Alarm
from aboveboard.evidence.records._appeal import Appeal, Review
from aboveboard.evidence.records._consent import BASES, Consent
from aboveboard.evidence.records._decision import Decision, GuardOutcome, ModelAttempt
from aboveboard.evidence.records._deployment import Deployment
from aboveboard.evidence.records._erasure import Erasure
from aboveboard.evidence.records._feedback import Feedback
from aboveboard.evidence.records._footprint_entry import Footprint, FootprintEntry
from aboveboard.evidence.records._gap import Gap
from aboveboard.evidence.records._incident import Incident
from aboveboard.evidence.records._legal_hold import LegalHold
from aboveboard.evidence.records._measurement import Coverage, Measurement, Slice
from aboveboard.evidence.records._misuse_step import MisuseStep
from aboveboard.evidence.records._mitigation_trial import MitigationTrial, TriedCandidate
from aboveboard.evidence.records._pre_registration import PreRegisteredPromise, PreRegistration
from aboveboard.evidence.records._probe import Probe, ProbeAnswer
from aboveboard.evidence.records._record import Record
from aboveboard.evidence.records._rectification import Rectification
from aboveboard.evidence.records._sign_off import SignOff
from aboveboard.evidence.records._subject_access import SubjectAccess
from aboveboard.evidence.records._subject_request import RIGHTS, SubjectRequest
from aboveboard.evidence.records._viewing import Viewing

KINDS: dict[str, type[Record]] = {
    kind.kind: kind
    for kind in (
        AccessChange,
        Alarm,
        Appeal,
        Consent,
        Decision,
        Deployment,
        Erasure,
        Feedback,
        FootprintEntry,
        Gap,
        Incident,
        LegalHold,
        Measurement,
        MisuseStep,
        MitigationTrial,
        PreRegistration,
        Probe,
        Rectification,
        Review,
        SignOff,
        SubjectAccess,
        SubjectRequest,
        Viewing,
    )
}
"""Every record type by the name it is stored under."""

__all__ = [
    "BASES",
    "KINDS",
    "RIGHTS",
    "AccessChange",
    "Alarm",
    "Appeal",
    "Consent",
    "Coverage",
    "Decision",
    "Deployment",
    "Erasure",
    "Feedback",
    "Footprint",
    "FootprintEntry",
    "Gap",
    "GuardOutcome",
    "Incident",
    "LegalHold",
    "Measurement",
    "MisuseStep",
    "MitigationTrial",
    "ModelAttempt",
    "PreRegisteredPromise",
    "PreRegistration",
    "Probe",
    "ProbeAnswer",
    "Record",
    "Rectification",
    "Review",
    "SignOff",
    "Slice",
    "SubjectAccess",
    "SubjectRequest",
    "TriedCandidate",
    "Viewing",
]
