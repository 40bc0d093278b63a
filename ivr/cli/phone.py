"""`ivr call`: a phone in the terminal, against a running line."""

import sys
from pathlib import Path

import click

from ivr.settings import Settings


@click.command()
@click.option(
    "--from", "caller", default="+79161234501", show_default=True, help="Откуда звонок; hidden — номер скрыт."
)
@click.option("--url", help="Адрес линии; по умолчанию из IVR_BIND.")
@click.option("--script", type=click.Path(path_type=Path), help="Разговор из файла, без человека.")
def call(caller: str, url: str | None, script: Path | None) -> None:
    """Позвонить на линию: слова печатают, кнопки — #1, пустая строка — тишина, /положить — конец."""
    from ivr.simulator import terminal  # here, so that a server never loads a telephone
    from ivr.simulator.double import TwilioDouble

    settings = Settings()
    double = TwilioDouble(
        settings.public_url, settings.auth_tokens()[0], server_url=url or f"http://{settings.bind}"
    )
    if script is not None:
        sys.exit(terminal.call_script(double, script))
    sys.exit(terminal.call(double, None if caller == "hidden" else caller))
