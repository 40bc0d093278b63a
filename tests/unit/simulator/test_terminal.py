"""The phone in the terminal: typed lines, files, exit codes."""

import io
from pathlib import Path

import pytest
from flask import Response, request
from rich.console import Console

from ivr.simulator.terminal import call, call_script


@pytest.fixture
def screen() -> Console:
    return Console(file=io.StringIO(), width=200)


def shown(screen: Console) -> str:
    return screen.file.getvalue()


@pytest.fixture
def echo(line):
    """Repeats what it hears; «оператор» goes to the queue."""
    options = 'input="dtmf speech" action="/turn" actionOnEmptyResult="true" finishOnKey=""'
    gather = f"<Gather {options}><Say>{{}}</Say></Gather>"

    def turn() -> str:
        if request.form.get("SpeechResult") == "оператор":
            return '<Enqueue action="/turn">q</Enqueue>'
        told = (
            request.form.get("SpeechResult") or request.form.get("Digits") or request.form.get("QueueResult")
        )
        return gather.format(f"Было: {told or 'тихо'}")

    line["/voice/incoming"] = gather.format("Слушаю")
    line["/turn"] = turn
    return line


def test_speech_keys_and_silence(echo, screen: Console) -> None:
    code = call(echo.double(), "+79161234501", console=screen, lines=iter(["да\n", "#12\n", "\n"]))
    for words in ("Слушаю", "Было: да", "Было: 12", "Было: тихо", "кладёт трубку"):
        assert words in shown(screen)
    assert code == 0
    assert echo.forms("/voice/status")[0]["CallStatus"] == "completed"


def test_the_queue_and_the_operator(echo, screen: Console) -> None:
    typed = [
        "оператор",
        "/ждать 60",
        "/ждать",
        "/занято",
        "/ответить",
        "/отбой",
        "/помощь",
        "/петь",
        "/положить",
        "поздно",
    ]
    assert call(echo.double(), None, console=screen, lines=iter(typed)) == 0
    for words in ("очередь q", "проходит 60 с", "Сколько секунд", "Оператора сейчас не вызывают",
                  "Было: bridged", "промолчать", "Команды /петь нет"):  # fmt: skip
        assert words in shown(screen)
    assert "поздно" not in shown(screen)


def test_lines_come_through_a_pipe(echo, screen: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("да\n"))
    assert call(echo.double(), None, console=screen) == 0
    assert "Было: да" in shown(screen)


def test_a_line_that_fails_is_told(echo, screen: Console) -> None:
    echo["/turn"] = lambda: Response(status=500)
    assert call(echo.double(), None, console=screen, lines=iter(["да"])) == 1
    assert "сбой линии" in shown(screen)


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("title: Эхо\ntalk: [{phone: слушаю}, {caller: да}, {phone: было да}]", 0, "✓"),
        ("talk: [{phone: слушаю}, {saved: {a: 1}}]", 0, "не проверены"),
        (
            "talk: [{phone: слушаю}, {caller: да}, {phone: нет}]",
            1,
            "✗ шаг 3: ждали: «нет»; слышно: «Было: да»",
        ),
        ("talk: [{sing: а}]", 2, "неизвестное поле «sing»"),
    ],
)
def test_a_file_gives_an_exit_code(
    echo, screen: Console, tmp_path: Path, text: str, code: int, words: str
) -> None:
    path = tmp_path / "talk.yaml"
    path.write_text(text, encoding="utf-8")
    assert call_script(echo.double(), path, console=screen) == code
    assert words in shown(screen)
    if code < 2:  # whatever happened, the caller does not stay on the line
        assert echo.forms("/voice/status")[-1]["CallStatus"] == "completed"


def test_a_dead_line_is_no_traceback(line, screen: Console, tmp_path: Path) -> None:
    line["/voice/incoming"] = lambda: Response(status=500)
    path = tmp_path / "talk.yaml"
    path.write_text("talk: [{phone: слушаю}]", encoding="utf-8")
    assert call_script(line.double(), path, console=screen) == 1
    assert "11200" in shown(screen)
