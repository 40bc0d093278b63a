"""Whatever is said, the language answers: atheris looks for text that breaks it, a bounded number of times."""

import subprocess
import sys
from pathlib import Path

import pytest

RUNS = 3_000
SLOWEST_S = 5


def test_nothing_that_is_said_breaks_the_language(tmp_path):
    pytest.importorskip("atheris", reason="atheris has wheels for Linux alone")
    fuzzer = Path(__file__).with_name("fuzzing.py")
    command = [
        sys.executable,
        str(fuzzer),
        f"-runs={RUNS}",
        "-seed=4",
        "-max_len=120",
        f"-timeout={SLOWEST_S}",
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-3_000:]
    assert f"Done {RUNS} runs" in done.stderr
