"""What a run found, in numbers: small, however much was found."""

from collections import Counter
from dataclasses import dataclass, field

from aboveboard.privacy.files._place import FileFinding

EXAMPLES = 5
MOST_FILES = 1000


@dataclass(slots=True)
class Tally:
    """Counts by type and file, a few examples a type. Files beyond a thousand count in the sums alone."""

    types: Counter[str] = field(default_factory=Counter)
    files_of: Counter[str] = field(default_factory=Counter)
    files: dict[str, Counter[str]] = field(default_factory=dict)
    more_files: int = 0
    examples: dict[str, list[FileFinding]] = field(default_factory=dict)
    _file: str = ""
    _seen: set[str] = field(default_factory=set)

    @property
    def total(self) -> int:
        """How many findings there are."""
        return self.types.total()

    @property
    def with_findings(self) -> int:
        """How many files have any."""
        return len(self.files) + self.more_files

    def add(self, finding: FileFinding) -> None:
        """Counts one finding; those of a file come one after another."""
        if finding.file != self._file:
            self._file, self._seen = finding.file, set()
            self._begin(finding.file)
        self.types[finding.type] += 1
        if finding.type not in self._seen:
            self._seen.add(finding.type)
            self.files_of[finding.type] += 1
        if finding.file in self.files:
            self.files[finding.file][finding.type] += 1
        kept = self.examples.setdefault(finding.type, [])
        if len(kept) < EXAMPLES and all(finding.shape != other.shape for other in kept):
            kept.append(finding)

    def _begin(self, file: str) -> None:
        if len(self.files) < MOST_FILES:
            self.files.setdefault(file, Counter())
        else:
            self.more_files += 1
