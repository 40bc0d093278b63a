"""`ivr understand`: what the line makes of words, one JSON line for each line of text."""

import json
import sys
from collections.abc import Callable
from datetime import date
from itertools import islice
from typing import Any

import click

from ivr import data
from ivr.domain.accounts import Register
from ivr.domain.readings import Candidate, Limits, Sheet, rank
from ivr.language import grammar
from ivr.language.numbers import LOOKED_AT, alone_or_beside

MOST_VALUES = 20
LONGEST = 10
"""Digits of a value, and of a register."""

Answer = dict[str, Any]


@click.group()
def understand() -> None:
    """Что линия понимает в словах: ответ JSON на каждую строку."""


def text_arguments(command: Any) -> Any:
    """Texts, or `--stdin`."""
    command = click.option("--stdin", is_flag=True, help="Строки со стандартного ввода.")(command)
    return click.argument("text", nargs=-1)(command)


@understand.command("menu")
@text_arguments
def understand_menu(text: tuple[str, ...], stdin: bool) -> None:
    """Тема: зачем звонят. Если сомнение, вторая тема в «or»."""
    from ivr.language.understanding import load  # the dictionary: numbers need none

    topics = load(data.grammars()).topics

    def answer(said: str) -> Answer:
        heard = topics.understand(said)
        return {"meaning": heard.meaning, "score": round(heard.score, 3), "or": heard.other}

    _answer(text, stdin, answer)


@understand.command("number")
@text_arguments
@click.option("--digits", type=click.IntRange(1, LONGEST), help="Цифр у счётчика до запятой.")
@click.option("--last", type=click.IntRange(0), help="Последнее показание.")
@click.option("--usual", type=click.IntRange(0), help="Обычный расход за месяц, кВт·ч.")
def understand_number(
    text: tuple[str, ...], stdin: bool, digits: int | None, last: int | None, usual: int | None
) -> None:
    """Число: все прочтения, вероятные первыми; со счётчиком — что к нему подходит."""
    known = digits is not None or last is not None
    sheet = Sheet(Register(0, "T", digits or LONGEST), "", "", last=last, usual=usual)

    def answer(said: str) -> Answer:
        found = list(islice(alone_or_beside(said, sheet.register.digits), LOOKED_AT))
        dropped = {number.digits: number.dropped for number in found}
        values = [(number.digits, number.cost) for number in found]
        if known:
            candidates = [Candidate(number.digits, number.cost) for number in found]
            ranked = rank(candidates, sheet, date.today(), Limits())
            values = [(one.candidate.digits, one.cost) for one in ranked]
        return {
            "values": [{"value": value, "cost": round(cost, 2)} for value, cost in values[:MOST_VALUES]],
            "dropped": dropped[values[0][0]] if values else None,
        }

    _answer(text, stdin, answer)


@understand.command("yesno")
@text_arguments
def understand_yesno(text: tuple[str, ...], stdin: bool) -> None:
    """Да или нет."""
    from ivr.language.yesno import yes_or_no

    words = grammar.load(data.grammars())["yesno"]
    _answer(text, stdin, lambda said: {"meaning": yes_or_no(words, said)})


def _answer(texts: tuple[str, ...], stdin: bool, understood: Callable[[str], Answer]) -> None:
    """One line out for each line in, at once: whoever writes line by line reads so too."""
    if stdin == bool(texts):
        raise click.UsageError("нужен текст или --stdin.")
    lines = (line.decode("utf-8", "replace") for line in sys.stdin.buffer) if stdin else iter(texts)
    for line in lines:
        said = line.rstrip("\r\n")
        print(json.dumps({"text": said, **understood(said)}, ensure_ascii=False), flush=True)
