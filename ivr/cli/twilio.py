"""`ivr twilio setup | check | fallback`: the line's number at Twilio."""

import sys
from pathlib import Path

import click

from ivr import data
from ivr.factory import open_carrier
from ivr.language.prompts import Prompts
from ivr.services.exporting import whole_file
from ivr.services.failing import reason
from ivr.settings import Settings
from ivr.telephony.account import Change, NumberUnclear, choose, differences, split
from ivr.telephony.carrier import WRONG_CREDENTIALS, CarrierError
from ivr.telephony.checking import WRONG_CREDENTIALS_TEXT, Finding
from ivr.telephony.checking import check as findings
from ivr.telephony.static import fallback as static_fallback

number_option = click.option("--number", default="", metavar="+7…", help="Номер линии, если их несколько.")


@click.group()
def twilio() -> None:
    """Номер линии у Twilio."""


@twilio.command()
@number_option
@click.option(
    "--fallback-url", default="", help="Запасной адрес на другом хосте, где лежит файл (его читают по GET)."
)
@click.option("--dry-run", is_flag=True, help="Только показать, что изменилось бы.")
def setup(number: str, fallback_url: str, dry_run: bool) -> None:
    """Направить номер на эту линию: адреса входящего звонка, запасной и статусов. Меняет только то, что не так."""
    settings = Settings()
    if not (settings.twilio_account_sid and settings.twilio_tokens):
        raise click.UsageError("Нужны IVR_TWILIO_ACCOUNT_SID и IVR_TWILIO_AUTH_TOKENS.")
    if not settings.public_url.startswith("https://") and not settings.twilio_api_url:
        raise click.UsageError(f"IVR_PUBLIC_URL={settings.public_url}: Twilio нужен адрес https://.")
    if fallback_url and not (fallback_url.startswith("https://") and split(fallback_url).hostname):
        raise click.UsageError(f"--fallback-url {fallback_url}: Twilio нужен адрес https://.")
    carrier = open_carrier(settings)
    changing = False
    try:
        found = choose(carrier.numbers(), number)
        changes = differences(found, settings.public_url, fallback_url)
        changing = bool(changes) and not dry_run
        if changing:
            carrier.change(found, {change.field: change.now for change in changes})
    except NumberUnclear as unclear:
        raise click.UsageError(f"Номер линии: {unclear}.") from None
    except CarrierError as error:
        click.echo(_failure(error, changing=changing), err=True)
        sys.exit(1)
    click.echo(f"Номер {found.number}: {_outcome(bool(changes), dry_run)}")
    for change in changes:
        click.echo(_told(change))


@twilio.command()
@number_option
def check(number: str) -> None:
    """Что мешает линии работать с Twilio. Замечание на строку, с выходом из положения."""
    settings = Settings()
    wrong = 0
    for finding in findings(settings, lambda token: open_carrier(settings, token), number):
        wrong += finding.wrong
        click.echo(_line(finding))
    click.echo(f"Неверного: {wrong}." if wrong else "Всё в порядке.")
    sys.exit(1 if wrong else 0)


@twilio.command()
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Файл; обычно на экран.")
def fallback(output: Path | None) -> None:
    """Файл TwiML для другого хоста: фраза и телефоны операторов, а если их нет, дежурных."""
    settings = Settings()
    numbers = settings.operators or settings.duty
    if not numbers:
        raise click.UsageError("Звонить некому: задайте IVR_OPERATOR_NUMBERS или IVR_DUTY_NUMBERS.")
    twiml = static_fallback(Prompts.load(data.audio_prompts()), settings.say_voice, numbers)
    if output is None:
        click.echo(twiml)
    else:
        try:
            with whole_file(output) as file:
                file.write(f"{twiml}\n".encode())
        except OSError as error:
            click.echo(f"Файл не записан: {reason(error)}.", err=True)
            sys.exit(1)
        click.echo(f"Записано: {output}")


def _failure(error: CarrierError, *, changing: bool) -> str:
    if error.status == WRONG_CREDENTIALS:
        return WRONG_CREDENTIALS_TEXT
    unknown = changing and not 400 <= error.status < 500
    return f"Twilio: {error}" + (". Возможно, уже изменено: проверьте ivr twilio check." if unknown else "")


def _outcome(changed: bool, dry_run: bool) -> str:
    if not changed:
        return "всё уже так, как нужно."
    return "изменилось бы" if dry_run else "изменено"


def _told(change: Change) -> str:
    return f"  {change.name}: было {change.was or 'пусто'}, стало {change.now or 'пусто'}"


def _line(finding: Finding) -> str:
    return finding.text if finding.wrong else f"К сведению: {finding.text}"
