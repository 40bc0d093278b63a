"""`ivr run`, `ivr worker`, `ivr db upgrade`."""

import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

import click

from ivr import data
from ivr.cli.opening import the_line, the_store
from ivr.services import demo
from ivr.settings import Settings
from ivr.store import schema
from ivr.telemetry import set_up_logs
from ivr.worker import Worker

TRY = """
«Светлая линия» слушает: {url}

Попробуйте из другого окна (в той же папке):
  {ivr} call --from +79161234501     скажите «передать показания», потом «двенадцать тысяч пятьсот»
  {ivr} call --from +79161234502     две зоны; кнопки набирают так: #1
  {ivr} call --from +79161234504     счётчик с предоплатой; скажите «деньги кончились»
  {ivr} call --from +79990000000     незнакомый номер; лицевой счёт 5012345608
  Слово «оператор» в любую минуту зовёт человека. Трубку кладут словом /положить.
Что записано:
  {ivr} readings list        {ivr} requests list        {ivr} calls list        {ivr} demo show
Остановить: Ctrl-C.
"""
GRACE_S = 25


@click.command()
@click.option(
    "--demo", "with_demo", is_flag=True, help="Завести пробных абонентов и подсказать, с чего начать."
)
def run(with_demo: bool) -> None:
    """Запустить линию: сервер и работника рядом с ним."""
    settings = Settings()
    with the_store() as store:
        schema.upgrade(store)
    settings.auth_tokens()
    if with_demo:
        with the_line() as line, line.store.write() as db:
            demo.load(db, line.clock.now())
    server = [sys.executable, "-m", "gunicorn", "-c", str(data.gunicorn_config()), "app:app"]
    beside = [sys.executable, "-m", "ivr.cli", "worker"]
    if with_demo:
        click.echo(TRY.format(url=f"http://{settings.bind}", ivr=_own_name()))
    sys.exit(_together([server, beside]))


@click.command()
@click.option("--once", is_flag=True, help="Один круг и конец.")
def worker(once: bool) -> None:
    """Отправлять уведомления и закрывать потерянные звонки."""
    settings = Settings()
    set_up_logs(settings.log_level)
    with the_line() as line:
        work = Worker(line)
        if once:
            work.once()
        else:
            work.run()


@click.group()
def db() -> None:
    """База данных."""


@db.command()
def upgrade() -> None:
    """Привести базу к нынешней схеме."""
    with the_store() as store:
        revision = schema.upgrade(store)
    click.echo(f"Схема базы: {revision}.")


def _together(commands: list[list[str]]) -> int:
    """Run processes side by side; when one ends, or a signal comes, all end. Returns an exit code."""
    stopped = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal stopped
        stopped = True

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    processes = [subprocess.Popen(command) for command in commands]
    while not stopped and all(process.poll() is None for process in processes):
        time.sleep(0.2)
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(GRACE_S)
        except subprocess.TimeoutExpired:
            process.kill()
    return 0 if stopped else 1


def _own_name() -> str:
    """How this command was called, so that what is printed can be copied."""
    name = Path(sys.argv[0])
    return str(name) if name.name == "ivr" else "ivr"
