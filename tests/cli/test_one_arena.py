"""All threads share one arena of the allocator, where there is such a thing."""

import platform
import subprocess
import sys

import pytest

ARENAS = """
import ctypes, threading
from aboveboard.cli._one_arena import use_one_arena
if {asked}:
    use_one_arena()
held = threading.Barrier(5)
def work():
    kept = [ctypes.create_string_buffer(1000) for _ in range(2000)]
    held.wait()
for _ in range(4):
    threading.Thread(target=work).start()
held.wait()
libc = ctypes.CDLL(None)
libc.fdopen.restype = ctypes.c_void_p
libc.malloc_info(0, ctypes.c_void_p(libc.fdopen(1, b"w")))
libc.fflush(None)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="arenas are glibc's")
def test_threads_share_one_arena() -> None:
    assert arenas(asked=True) == 1
    assert arenas(asked=False) > 1


def arenas(*, asked: bool) -> int:
    """How many arenas a process with four busy threads has, as glibc tells (`malloc_info`)."""
    program = ARENAS.replace("{asked}", str(asked))
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return done.stdout.count("<heap nr=")
