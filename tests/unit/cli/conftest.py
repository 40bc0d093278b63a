"""The `ivr` command with the settings of a test."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ivr.cli import main
from tests.support.server import environment

Ivr = Callable[..., Result]


@pytest.fixture
def ivr(settings, monkeypatch, tmp_path) -> Ivr:
    """Runs a command in this process; `exit_code`, `stdout` and `stderr` are what a shell would see."""
    monkeypatch.chdir(tmp_path)
    for name, value in environment(settings).items():
        monkeypatch.setenv(name, value)

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, arguments, catch_exceptions=False)

    return run


def rows(result: Result) -> list[dict[str, Any]]:
    """What `--json` printed."""
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]
