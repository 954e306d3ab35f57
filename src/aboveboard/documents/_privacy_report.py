"""What was found in files: one HTML page that opens without a network and shows no value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from aboveboard.documents._report import environment, stylesheet
from aboveboard.files import write_text


@dataclass(frozen=True, slots=True)
class ReportedExample:
    """A finding with its value hidden (`shape`: `a…@….com`) and its place in words."""

    shape: str
    place: str


@dataclass(frozen=True, slots=True)
class ReportedType:
    """How often a type was found, in how many files, with a few examples."""

    name: str
    findings: int
    files: int
    examples: Sequence[ReportedExample] = ()


@dataclass(frozen=True, slots=True)
class ReportedFile:
    """What was found in a file, by type, the most frequent first."""

    name: str
    findings: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.findings.values())


@dataclass(frozen=True, slots=True)
class ReportedPolicy:
    """What was done to values: the policy's name, each operator with its types, and the label it earns."""

    name: str
    operators: Mapping[str, str]
    label: str
    because: Sequence[str]


@dataclass(frozen=True, slots=True)
class PrivacyReport:
    """A run over files. `policy` is None when nothing was masked."""

    drawn: str
    files: int
    bytes: int
    seconds: float
    left_out: int
    errors: int
    types: Sequence[ReportedType]
    with_findings: Sequence[ReportedFile]
    more_files: int = 0
    notes: Sequence[str] = field(default=())
    policy: ReportedPolicy | None = None

    @property
    def findings(self) -> int:
        return sum(each.findings for each in self.types)

    @property
    def most(self) -> int:
        """The findings of the most frequent type: the longest bar."""
        return max((each.findings for each in self.types), default=1)


def render_privacy_report(report: PrivacyReport) -> str:
    """The report as HTML, style inside, no scripts."""
    template = environment().get_template("privacy.html.j2")
    return template.render(report=report, style=stylesheet())


def write_privacy_report(report: PrivacyReport, path: Path) -> None:
    """Writes the report at `path`, whole or not at all."""
    write_text(path, render_privacy_report(report))
