"""The HTML report of a run over files."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aboveboard.cli._privacy_masking import Masks
    from aboveboard.cli._privacy_running import Run
    from aboveboard.documents import PrivacyReport, ReportedFile, ReportedPolicy, ReportedType
    from aboveboard.privacy.files import Tally


_KINDS = {"direct": "direct identifiers", "quasi": "quasi-identifiers", "secret": "secrets"}


def write_report(path: Path, run: "Run", masks: "Masks | None" = None) -> None:
    """Writes the report of a run, with the policy when files were masked."""
    from aboveboard.documents import write_privacy_report

    write_privacy_report(_report(run, _policy(masks) if masks is not None else None), path)


def _report(run: "Run", policy: "ReportedPolicy | None") -> "PrivacyReport":
    from aboveboard.documents import PrivacyReport
    from aboveboard.values import SystemClock, format_time

    return PrivacyReport(
        drawn=format_time(SystemClock().now()),
        files=run.files,
        bytes=run.bytes,
        seconds=run.meter.seconds,
        left_out=run.left_out,
        errors=run.errors,
        types=_types(run.tally),
        with_findings=_files(run.tally),
        more_files=run.tally.more_files,
        notes=run.notes,
        policy=policy,
    )


def _types(tally: "Tally") -> "list[ReportedType]":
    from aboveboard.documents import ReportedExample, ReportedType
    from aboveboard.privacy.files import shown_path

    return [
        ReportedType(
            name,
            count,
            tally.files_of[name],
            [
                ReportedExample(each.shape, f"{shown_path(each.file)}: {each.place}")
                for each in tally.examples[name]
            ],
        )
        for name, count in tally.types.most_common()
    ]


def _files(tally: "Tally") -> "list[ReportedFile]":
    from aboveboard.documents import ReportedFile
    from aboveboard.privacy.files import shown_path

    ordered = sorted(tally.files.items(), key=lambda each: (-each[1].total(), each[0]))
    return [ReportedFile(shown_path(name), dict(counts.most_common())) for name, counts in ordered]


def _policy(masks: "Masks") -> "ReportedPolicy":
    from aboveboard.documents import ReportedPolicy

    policy = masks.masking.policy
    operators = {_KINDS[kind.value]: each.name for kind, each in policy.kinds.items()}
    operators |= {name: each.name for name, each in policy.types.items()}
    return ReportedPolicy(policy.name or "of your own", operators, str(masks.masking.claim), masks.because)
