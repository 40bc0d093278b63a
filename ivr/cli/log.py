"""`ivr calls list | show | replay`: the call log."""

import sys
from collections.abc import Iterator
from typing import Any

import click
import msgspec

from ivr.cli import words
from ivr.cli.opening import the_line, the_store
from ivr.cli.output import json_option, limit_option, print_rows, to_json
from ivr.domain.calls import MOSCOW
from ivr.services.replaying import Difference, replay
from ivr.services.transcript import transcript
from ivr.store import calls as stored

CALLS = {
    "sid": "Звонок", "caller": "Откуда", "started_at": "Начат", "ended_at": "Закончен", "ended_by": "Чем",
    "turn": "Ходов",
}  # fmt: skip


@click.group()
def calls() -> None:
    """Журнал звонков."""


@calls.command("list")
@limit_option
@json_option
def list_calls(limit: int, as_json: bool) -> None:
    """Последние звонки, новые сверху."""
    with the_store() as store, store.read() as db:
        rows = stored.list_calls(db, limit)
    for row in rows:
        row["facts"] = msgspec.json.decode(row["facts"])
    print_rows(rows, CALLS, as_json=as_json, words={"ended_by": words.ENDED_BY})


@calls.command()
@click.argument("sid")
@json_option
def show(sid: str, as_json: bool) -> None:
    """Весь разговор одного звонка."""
    with the_store() as store, store.read() as db:
        if stored.get_call(db, sid) is None:
            _not_found(sid)
        lines = transcript(db, sid)
    for line in lines:
        click.echo(to_json(line) if as_json else _human(line))


@calls.command("replay")
@click.argument("sids", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Все звонки.")
@click.option("--reheard", is_flag=True, help="Понять сказанное заново, нынешними правилами.")
@json_option
def replay_calls(sids: tuple[str, ...], every: bool, reheard: bool, as_json: bool) -> None:
    """Прогнать звонки через нынешний код и назвать первое отличие каждого."""
    if bool(sids) == every:
        raise click.UsageError("Назовите звонки или --all.")
    differences = total = 0
    for sid, found in _replayed(sids, reheard):
        total += 1
        if found is not None:
            differences += 1
            click.echo(to_json(msgspec.to_builtins(found)) if as_json else
                       f"{sid}, ход {found.turn}: было {found.was!r}, стало {found.now!r}")  # fmt: skip
    if not as_json:
        click.echo(f"Звонков: {total}, с отличиями: {differences}.")
    sys.exit(1 if differences else 0)


def _replayed(sids: tuple[str, ...], reheard: bool) -> Iterator[tuple[str, Difference | None]]:
    with the_line() as line:
        with line.store.read() as db:
            wanted = list(sids) or stored.all_sids(db)
        for sid in wanted:
            with line.store.read() as db:
                try:
                    yield sid, replay(line.calls, db, sid, reheard=reheard)
                except LookupError:
                    _not_found(sid)


def _not_found(sid: str) -> None:
    click.echo(f"Звонка {sid} нет.", err=True)
    sys.exit(1)


def _human(line: dict[str, Any]) -> str:
    who = {"phone": "линия", "caller": "абонент", "note": "заметка"}[line["who"]]
    text = _note(line) if line["who"] == "note" else line["text"]
    moment = line["at"].astimezone(MOSCOW).strftime("%d.%m.%Y %H:%M:%S")
    return f"{moment}  {who:>8}: {text}"


def _note(line: dict[str, Any]) -> str:
    """What happened beside the talk, in Russian; its data as they are stored."""
    if transfer := line.get("transfer"):
        told = transfer["summary"]
        said = "; ".join(told["words"])
        parts = [
            told["why"],
            told["who"],
            *told["done"],
            told["missing"],
            said and f"Слова абонента: {said}.",
        ]
        return f"передача оператору ({words.OUTCOMES[transfer['state']]}). " + " ".join(filter(None, parts))
    name = line["data"]["kind"] if line["type"] == "outcome" else line["key"].rpartition("/")[2]
    known = words.COMMANDS.get(name) or words.ENDED_BY.get(name) or words.OUTCOMES.get(name) or name
    return f"{words.NOTES[line['type']]}: {known}" + _told(line["data"])


def _told(data: dict[str, Any]) -> str:
    """The few facts of a note that a person looks for: values, numbers, errors."""
    values = [str(one["value"]) for one in data.get("confirmed", {}).values()]
    values += [f"{value} без подтверждения" for value in data.get("unconfirmed", {}).values()]
    facts = [*values, data.get("number") and f"номер {data['number']}", data.get("error")]
    told = ", ".join(str(fact) for fact in facts if fact)
    return f" ({told})" if told else ""
