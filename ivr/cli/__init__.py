"""The `ivr` command. Exit codes: 0 done, 1 it did not work out, 2 it was asked for wrongly.

A command's module is loaded when the command is called: what only understands text opens no database.
"""

import sys
from collections.abc import Mapping
from importlib import import_module
from keyword import iskeyword
from typing import Any

import click

from ivr.cli.russian import speak_russian

speak_russian()

MODULES = {
    "run": "serve", "worker": "serve", "call": "phone", "calls": "log", "readings": "lists", "requests": "lists",
    "understand": "understand", "hear": "hear", "model": "model", "grammars": "grammars", "schedule": "schedule",
    "twilio": "twilio",
    "import": "imports", "export": "exports", "db": "serve", "demo": "demo",
}  # fmt: skip
"""Command → the module of this package that has it."""
SECRET = frozenset({"database_url", "twilio_auth_tokens"})
HELP = {"help_option_names": ["--help", "-h"]}


class RussianGroup(click.Group):
    """Commands loaded on demand; errors that anybody can meet, said in Russian on one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the table."""
        return list(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now; None if there is none."""
        if cmd_name not in MODULES:
            return None
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command: click.Command = getattr(import_module(f"ivr.cli.{MODULES[cmd_name]}"), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. Unavailable → 1, wrong settings → 2."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if (code := _explained(error)) is None:
                raise
            sys.exit(code)


def _explained(error: Exception) -> int | None:
    """The exit code, once the error was said; None for one that nobody should meet."""
    from pydantic import ValidationError  # with the settings, where there are any

    from ivr.language.topics import ModelError
    from ivr.speech.errors import ModelError as SpeechModelError
    from ivr.store.engine import Unavailable

    if isinstance(error, Unavailable):
        click.echo(f"База данных недоступна: {error}", err=True)
        return 1
    if isinstance(error, ModelError):
        click.echo(f"Модель тем не читается: {error}", err=True)
        return 1
    if isinstance(error, SpeechModelError):
        click.echo(f"Модель речи не читается: {error}", err=True)
        return 1
    if isinstance(error, ValidationError):
        for wrong in error.errors():
            click.echo(_wrong_setting(wrong), err=True)
        return 2
    return None


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
