"""A phone in the terminal: typed by a person, or played from a file. All that is shown is Russian."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from rich.console import Console
from rich.text import Text

from ivr.simulator.call import Call
from ivr.simulator.conversation import (
    BadConversation,
    CannotAct,
    Conversation,
    Mismatch,
    TalkPhone,
    load,
    play,
)
from ivr.simulator.double import TwilioDouble
from ivr.simulator.record import Line, Who
from ivr.simulator.script import Saved

OK: Literal[0] = 0
DIFFERS: Literal[1] = 1
BAD_FILE: Literal[2] = 2

HELP = """\
текст           сказать это вслух
#12             нажать кнопки 1 и 2 (0-9, *, #)
пустая строка   промолчать
/ждать 60       пройдёт столько секунд в очереди или при вызове
/ответить       оператор принимает звонок
/автоответчик   вместо оператора или дежурного отвечает автоответчик
/отбой          оператор кладёт трубку
/занято         оператор не отвечает
/положить       положить трубку (или Ctrl-D)
/помощь         эта подсказка"""

_STYLES: dict[Who, tuple[str, str]] = {
    "phone": ("линия ", "cyan"),
    "caller": ("вы    ", "bold green"),
    "system": ("      ", "dim"),
}


def call(
    double: TwilioDouble,
    from_number: str | None,
    *,
    console: Console | None = None,
    lines: Iterator[str] | None = None,
) -> int:
    """Calls and obeys what is typed, or what `lines` give; 0, or 1 where the line failed."""
    console = console or Console(highlight=False)
    console.print(Text("Подсказка: /помощь", style="dim"))
    screen = _Screen(console)
    phone_call = double.dial(from_number)
    screen.show(phone_call)
    for typed in lines if lines is not None else _typed(console):
        try:
            _obey(phone_call, typed.strip(), console)
        except CannotAct as error:
            console.print(Text(str(error), style="yellow"))
        screen.show(phone_call)
        if phone_call.where == "ended":
            break
    if phone_call.where != "ended":
        phone_call.hang_up()
        screen.show(phone_call)
    return DIFFERS if phone_call.status == "failed" else OK


def call_script(double: TwilioDouble, path: Path, *, console: Console | None = None) -> int:
    """Plays a file; 0, 1 where the line said or did something else, 2 where the file is wrong."""
    console = console or Console(highlight=False)
    try:
        conversation = load(path)
    except BadConversation as error:
        console.print(Text(str(error), style="red"))
        return BAD_FILE
    return OK if run_script(double, conversation, console=console) else DIFFERS


def run_script(double: TwilioDouble, conversation: Conversation, *, console: Console | None = None) -> bool:
    """Plays and shows a conversation, and at its end ✓ or what differed. `saved` steps are passed over."""
    console = console or Console(highlight=False)
    if conversation.title:
        console.print(Text(conversation.title, style="bold"))
    phone, screen = TalkPhone(double), _Screen(console)
    try:
        play(conversation, phone, after=lambda: screen.show(phone.call))
    except Mismatch as mismatch:
        screen.show(phone.call)
        console.print(Text(f"✗ {mismatch}", style="red"))
        return False
    finally:
        if not phone.ended:
            phone.call.hang_up()
    if any(isinstance(step, Saved) for step in conversation.steps):
        console.print(Text("Сохранённое отсюда не видно: шаги saved не проверены.", style="yellow"))
    console.print(Text("✓ разговор прошёл как написано", style="green"))
    return True


class _Screen:
    """Shows each line of a transcript once."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._shown = 0

    def show(self, phone_call: Call) -> None:
        """The new lines."""
        for line in phone_call.transcript[self._shown :]:
            self._console.print(_coloured(line))
        self._shown = len(phone_call.transcript)


def _coloured(line: Line) -> Text:
    name, style = _STYLES[line.who]
    return Text(name, style="dim").append(line.text, style=style)


def _typed(console: Console) -> Iterator[str]:
    """Lines from the keyboard, or from a pipe; ends at Ctrl-D, Ctrl-C and the end of the pipe."""
    if not sys.stdin.isatty():
        yield from sys.stdin
        return
    while True:
        try:
            yield console.input("[dim]>[/dim] ")
        except (EOFError, KeyboardInterrupt):
            return


def _obey(phone_call: Call, typed: str, console: Console) -> None:
    """One typed line. Raises CannotAct, also for a command that there is not."""
    command, _, rest = typed.partition(" ")
    if not typed:
        phone_call.silence()
    elif typed.startswith("#"):
        phone_call.press(typed[1:])
    elif not typed.startswith("/"):
        phone_call.say(typed)
    elif command == "/помощь":
        console.print(Text(HELP))
    elif command == "/ждать":
        phone_call.wait(_seconds(rest))
    elif command in _COMMANDS:
        _COMMANDS[command](phone_call)
    else:
        raise CannotAct(f"Команды {command} нет. Есть: /помощь")


def _seconds(text: str) -> float:
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= 86_400):
        raise CannotAct("Сколько секунд ждать? Например: /ждать 60")
    return float(text)


_COMMANDS = {
    "/положить": Call.hang_up,
    "/ответить": Call.answer,
    "/автоответчик": Call.voicemail,
    "/отбой": Call.operator_hangs_up,
    "/занято": Call.no_answer,
}
