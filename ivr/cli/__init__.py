"""The `ivr` command. Exit codes: 0 done, 1 it did not work out, 2 it was asked for wrongly."""

import sys
from collections.abc import Mapping
from typing import Any

import click
from pydantic import ValidationError

from ivr.cli.demo import demo
from ivr.cli.grammars import grammars
from ivr.cli.lists import readings, requests
from ivr.cli.log import calls
from ivr.cli.phone import call
from ivr.cli.russian import speak_russian
from ivr.cli.serve import db, run, worker
from ivr.store.engine import Unavailable

speak_russian()

SECRET = frozenset({"database_url", "twilio_auth_tokens"})
HELP = {"help_option_names": ["--help", "-h"]}


class RussianGroup(click.Group):
    """Errors that anybody can meet, said in Russian on one line."""

    def invoke(self, context: click.Context) -> Any:
        """Run the command. Unavailable → 1, wrong settings → 2."""
        try:
            return super().invoke(context)
        except Unavailable as error:
            click.echo(f"База данных недоступна: {error}", err=True)
            sys.exit(1)
        except ValidationError as error:
            for wrong in error.errors():
                click.echo(_wrong_setting(wrong), err=True)
            sys.exit(2)


def _wrong_setting(wrong: Mapping[str, Any]) -> str:
    """Names the setting and its value; never a secret, and not all settings where their combination is wrong."""
    if not wrong["loc"]:
        return f"Настройки: {wrong['msg']}"
    name = str(wrong["loc"][0])
    value = "" if name in SECRET else f"={wrong['input']!r}"
    return f"Настройка IVR_{name.upper()}{value}: {wrong['msg']}"


@click.group(cls=RussianGroup, context_settings=HELP)
def main() -> None:
    """«Светлая линия»: голосовая линия по вопросам электроснабжения."""


for command in (run, worker, call, calls, readings, requests, grammars, db, demo):
    main.add_command(command)
