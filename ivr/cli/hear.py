"""`ivr hear`: what the line hears in sound files, one JSON line for each file."""

import json
import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import click

from ivr import data
from ivr.audio.files import AudioError, read
from ivr.cli.understand import LONGEST, MOST_VALUES
from ivr.domain.accounts import Register
from ivr.domain.readings import Limits, Sheet
from ivr.language import grammar
from ivr.language.grammar import Grammar
from ivr.language.yesno import yes_or_no
from ivr.settings import Settings
from ivr.speech import model
from ivr.speech.grammars import KINDS, Expectation
from ivr.speech.numbers import values
from ivr.speech.recogniser import Ears
from ivr.speech.results import Recognition
from ivr.telemetry import set_up_logs

Answer = dict[str, Any]
Meaning = Callable[[Recognition], Answer]

ALTERNATIVES = 10
ASKED = (*KINDS, "amount", "place", "more")
"""What can be listened for."""
ERRORS = {
    "missing": "файла нет",
    "empty": "файл пустой",
    "not_audio": "это не звук или звук неизвестного вида",
    "broken": "файл испорчен или закрыт для чтения",
    "too_long": "запись слишком длинная",
}


@click.command()
@click.argument("file", nargs=-1, metavar="[ФАЙЛ]...")
@click.option("--as", "kind", type=click.Choice(ASKED), required=True, help="Чего ждём от абонента.")
@click.option("--digits", type=click.IntRange(1, LONGEST), help="Цифр у счётчика до запятой.")
@click.option("--last", type=click.IntRange(0), help="Последнее показание.")
@click.option("--usual", type=click.IntRange(0), help="Обычный расход за месяц, кВт·ч.")
@click.option("--stdin", is_flag=True, help="Имена файлов со стандартного ввода.")
def hear(
    file: tuple[str, ...], kind: str, digits: int | None, last: int | None, usual: int | None, stdin: bool
) -> None:
    """Что линия слышит в записи: ответ JSON на каждый файл.

    WAV с любой частотой, FLAC, Ogg, MP3; μ-law без заголовка с именем на .ulaw; до 300 секунд. number — показание,
    amount — деньги или срок, everywhere — слова, которые понимает любой вопрос, text — весь словарь. Слышит модель
    IVR_VOSK_MODEL, без неё своя. Код 1: какой-то файл не прочитан.
    """
    if stdin == bool(file):
        raise click.UsageError("нужен файл или --stdin.")
    if kind != "number" and (digits, last, usual) != (None, None, None):
        raise click.UsageError("--digits, --last и --usual говорят о показаниях: --as number.")
    if digits and last and len(str(last)) > digits:
        raise click.UsageError(f"у счётчика {digits} цифр, последнее показание {last} на нём не помещается.")
    settings, grammars = Settings(), grammar.load(data.grammars())
    set_up_logs(settings.log_level)
    ears = Ears(model.load(model.folder_of(settings.vosk_model)), grammars)
    known = digits is not None or last is not None
    sheet = Sheet(Register(0, "T", digits or LONGEST), "", "", last=last, usual=usual) if known else None
    meant = _meaning(kind, grammars, ears, sheet)
    expectation = Expectation(kind, digits=digits, alternatives=ALTERNATIVES)
    broken = 0
    for name in _names() if stdin else file:
        answer = _answer(name, ears, expectation, meant)
        broken += "error" in answer
        print(json.dumps(answer, ensure_ascii=False), flush=True)
    sys.exit(1 if broken else 0)


def _names() -> Iterator[str]:
    """Lines as they come; a name of any bytes is a name."""
    for line in sys.stdin.buffer:
        yield line.rstrip(b"\r\n").decode("utf-8", "surrogateescape")


def _answer(name: str, ears: Ears, expectation: Expectation, meant: Meaning) -> Answer:
    told = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        heard = ears.hear(read(Path(name)), expectation)
    except AudioError as error:
        return {"file": told, "error": ERRORS[error.why]}
    answer = {
        "file": told,
        "text": heard.text,
        "confidence": heard.confidence,
        "words": [
            {"word": one.word, "start": one.start, "end": one.end, "confidence": one.confidence}
            for one in heard.words
        ],
        "alternatives": [{"text": one.text, "score": round(one.score, 2)} for one in heard.alternatives],
        **meant(heard),
        "no_match": heard.no_match,
    }
    return {**answer, "reason": heard.reason} if heard.no_match else answer


def _meaning(kind: str, grammars: dict[str, Grammar], ears: Ears, sheet: Sheet | None) -> Meaning:
    """What the text means to a question of that kind, if it is believed; nothing where it is only written down."""
    match kind:
        case "number":
            return lambda heard: {"values": [] if heard.no_match else _values(heard, ears, sheet)}
        case "menu":
            from ivr.language.understanding import load  # the dictionary: no other kind needs it

            topics = load(data.grammars()).topics
            return _meant(lambda text: topics.understand(text).meaning)
        case "yesno":
            return _meant(partial(yes_or_no, grammars["yesno"]))
        case "everywhere" | "place" | "more":
            return _meant(grammars[kind].match)
    return lambda heard: {}


def _values(heard: Recognition, ears: Ears, sheet: Sheet | None) -> list[Answer]:
    found = values(heard, ears.calibration.score_scale, sheet, date.today(), Limits())
    return [{"value": one.digits, "cost": round(one.cost, 2)} for one in found[:MOST_VALUES]]


def _meant(understand: Callable[[str], str | None]) -> Meaning:
    return lambda heard: {"meaning": None if heard.no_match else understand(heard.text)}
