"""`ivr model info`: which model hears, and what it knows."""

import click

from ivr import data
from ivr.cli.output import json_option, to_json
from ivr.language import grammar
from ivr.settings import Settings
from ivr.speech import model as models
from ivr.speech.recogniser import Ears

NAMED = 10
"""So many of the missing words are named to people."""


@click.group()
def model() -> None:
    """Модель речи: чем линия слышит."""


@model.command("info")
@json_option
def model_info(as_json: bool) -> None:
    """Какая модель загружена: папка, размер, словарь, лицензия и каких слов грамматик она не знает."""
    ears = Ears(models.load(models.folder_of(Settings().vosk_model)), grammar.load(data.grammars()))
    files = ears.model.files
    missing = sorted(word for word in ears.book.words() if not ears.model.knows(word))
    row = {
        "folder": str(files.folder),
        "bytes": files.size,
        "words": len(files.words),
        "rate": files.rate,
        "run_time_grammars": files.run_time_grammars,
        "licence": files.licence,
        "calibrated": ears.calibration.fitted,
        "missing": missing,
    }
    if as_json:
        click.echo(to_json(row))
        return
    click.echo(f"Папка: {files.folder}")
    click.echo(f"Размер: {files.size / 1e6:.1f} МБ")
    click.echo(f"Слов в словаре: {len(files.words)}")
    click.echo(f"Частота: {files.rate} Гц")
    if not files.run_time_grammars:
        click.echo("Грамматики: модель их не поддерживает, слышит весь свой словарь")
    click.echo(f"Лицензия: {files.licence or 'в папке модели не указана'}")
    click.echo(f"Пороги: {'подобраны для этой модели' if ears.calibration.fitted else 'общие, не подобраны'}")
    named = f" ({', '.join(missing[:NAMED])}{', …' if len(missing) > NAMED else ''})" if missing else ""
    click.echo(f"Слов грамматик, которых она не знает: {len(missing)}{named}")
