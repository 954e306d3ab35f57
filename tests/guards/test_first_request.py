"""The first request after a start is answered like any other, since what takes long was done before."""

import subprocess
import sys

import pytest

PROGRAM = """
from dataclasses import dataclass, field
from aboveboard.guards import Segment, build_pipeline

@dataclass(frozen=True)
class Entry:
    guard: str
    mode: tuple = ("input", "output")
    action: str = "mask"
    on_error: str = "closed"
    timeout_ms: int = 100
    options: dict = field(default_factory=dict)

pipeline = build_pipeline([Entry("personal-data", options={OPTIONS}), Entry("secrets")])
exchange = pipeline.start()
text = "I am ana@example.com, +44 20 7946 0958, DE89 3704 0044 0532 0130 00, 4111 1111 1111 1111."
outcome = exchange.check_input([Segment("user", text)])
print(outcome)
out = exchange.output()
print(out.feed("Hello jane@foo.org, you are welcome. ") + out.finish())
"""


@pytest.mark.parametrize("options", ["{}", "{'types': ['email', 'phone', 'person', 'date']}"])
def test_the_first_request_is_within_the_guards_time(options: str) -> None:
    program = PROGRAM.replace("{OPTIONS}", options)
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=120
    )
    assert "timeout" not in done.stdout and "Hello [EMAIL], you are welcome." in done.stdout
    assert "<EMAIL_1>, <PHONE_1>" in done.stdout
