"""`ivr grammars check`."""

import sys
from pathlib import Path

import click

from ivr import data
from ivr.language.grammar import Grammar, GrammarError, load


@click.group()
def grammars() -> None:
    """Грамматики: что линия понимает."""


@grammars.command("check")
@click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Папка с грамматиками; обычно своя.",
)
def check_grammars(folder: Path | None) -> None:
    """Неоднозначное, недостижимое, созвучное с действиями и не вошедшее в подсказки. Замечание на строку."""
    from ivr.language import checking, topics  # the dictionary: no other command needs it

    folder = folder or data.grammars()
    try:
        loaded = load(folder)
    except GrammarError as error:
        click.echo(f"Грамматики не читаются: {error}", err=True)
        sys.exit(1)
    findings = checking.check(loaded)
    for finding in findings:
        click.echo(f"{finding.grammar}.yaml: {finding.text}")
    for grammar in loaded.values():
        if left_out := checking.hints_left_out(grammar):
            click.echo(_hints_line(grammar, left_out), err=True)
    old = topics.stale(folder, loaded) if (folder / topics.EXAMPLES).exists() else None
    if old:
        click.echo(f"{topics.MODEL}: выучена не по тому, что есть ({old}): make learn")
    count = len(findings) + bool(old)
    click.echo(f"Замечаний: {count}.", err=True)
    sys.exit(1 if count else 0)


def _hints_line(grammar: Grammar, left_out: int) -> str:
    """No finding: what has no hint is understood all the same."""
    return f"{grammar.name}.yaml: подсказок для Twilio {len(grammar.hints())}, не вошло фраз: {left_out}."
