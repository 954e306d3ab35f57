"""A running server can be found, a killed one cannot."""

import json
import signal
import subprocess
import sys
from pathlib import Path

from aboveboard.cli.commands._reload import in_words
from aboveboard.cli.running import Presence, find_present

CHILD = """
import sys, time
from pathlib import Path
from aboveboard.cli.running import Presence
with Presence(Path(sys.argv[1]), "http://127.0.0.1:1", "sha256:0"):
    print("here", flush=True)
    time.sleep(60)
"""


def test_it_is_there_while_it_runs_and_says_what_it_tried(tmp_path: Path) -> None:
    with Presence(tmp_path, "http://127.0.0.1:1", "sha256:0") as presence:
        (found,) = find_present(tmp_path)
        assert (found.address, found.charter, found.attempts) == ("http://127.0.0.1:1", "sha256:0", 0)
        presence.tried(result="refused", charter="sha256:0", reason="line 1", weaker=())
        (found,) = find_present(tmp_path)
        assert (found.attempts, found.result, found.reason) == (1, "refused", "line 1")
    assert list(find_present(tmp_path)) == []
    assert list((tmp_path / "serving").iterdir()) == []


def test_all_that_is_wrong_with_a_charter_is_told(tmp_path: Path) -> None:
    problems = ("charter.yaml:7:1: unknown guard\n  did you mean 'secrets'?", "charter.yaml:9:1: no number")
    with Presence(tmp_path, "http://127.0.0.1:1", "sha256:0") as presence:
        presence.tried(result="refused", charter="sha256:0", reason="line 7: …", problems=problems)
        (found,) = find_present(tmp_path)
    assert found.problems == problems
    told = in_words(found).splitlines()
    assert told[0] == "http://127.0.0.1:1: refused, sha256:0 stays in force"
    assert told[1] == "  charter.yaml:7:1: unknown guard"
    assert told[3] == "  charter.yaml:9:1: no number"


def test_a_server_of_before_says_what_it_said(tmp_path: Path) -> None:
    with Presence(tmp_path, "http://127.0.0.1:1", "sha256:0"):
        (file,) = (tmp_path / "serving").glob("*.json")
        said = json.loads(file.read_text(encoding="utf-8"))
        del said["problems"]
        file.write_text(json.dumps(said | {"result": "refused", "reason": "line 7: …"}), encoding="utf-8")
        (found,) = find_present(tmp_path)
    assert in_words(found).endswith("\n  line 7: …")


def test_what_a_killed_process_left_is_not_taken_for_one_that_runs(tmp_path: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(tmp_path)], stdout=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.readline()
    assert [each.pid for each in find_present(tmp_path)] == [child.pid]
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    assert list(find_present(tmp_path)) == []
    assert list((tmp_path / "serving").iterdir()) == []
