"""Whole calls as YAML: read, checked, with Russian errors that name the file and the step."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from ivr.simulator.gathering import KEYS

HIDDEN = "hidden"
DEFAULT_CALLER = "+79161234501"


class BadConversation(ValueError):
    """The file is not a conversation; the message is Russian."""


@dataclass(frozen=True)
class PhoneSays:
    """Must occur in what the phone said since the last act, after what the step before found."""

    text: str


@dataclass(frozen=True)
class PhoneKeepsFrom:
    """Must not occur."""

    text: str


@dataclass(frozen=True)
class CallerSays:
    """Speech."""

    text: str


@dataclass(frozen=True)
class CallerPresses:
    """Keys."""

    keys: str


@dataclass(frozen=True)
class CallerIsSilent:
    """So many times in a row."""

    times: int


@dataclass(frozen=True)
class CallerHangsUp:
    """The caller goes away."""


@dataclass(frozen=True)
class OperatorAnswers:
    """Takes the call out of the queue, or answers the ringing."""


@dataclass(frozen=True)
class OperatorsMachineAnswers:
    """The ringing is answered by a machine, which presses no key."""


@dataclass(frozen=True)
class OperatorHangsUp:
    """The talk is over."""


@dataclass(frozen=True)
class OperatorDoesNotAnswer:
    """The ringing ends in vain."""


@dataclass(frozen=True)
class OperatorLetsWait:
    """Seconds in the queue."""

    seconds: float


@dataclass(frozen=True)
class Rings:
    """Whose telephone rings now, perhaps among others."""

    number: str


@dataclass(frozen=True)
class Saved:
    """For whoever owns the store."""

    values: Mapping[str, Any]


@dataclass(frozen=True)
class Ended:
    """Whether the line has hung up."""

    ended: bool


@dataclass(frozen=True)
class Transferred:
    """Whether the caller waits for, or talks with, an operator."""

    transferred: bool


CallerAct = CallerSays | CallerPresses | CallerIsSilent | CallerHangsUp
OperatorAct = (
    OperatorAnswers | OperatorsMachineAnswers | OperatorHangsUp | OperatorDoesNotAnswer | OperatorLetsWait
)
Step = PhoneSays | PhoneKeepsFrom | CallerAct | OperatorAct | Rings | Saved | Ended | Transferred


@dataclass(frozen=True)
class Conversation:
    """`caller` is None where the number is hidden; `clock`, `schedule` and `settings` are for tests alone."""

    steps: tuple[Step, ...]
    caller: str | None = DEFAULT_CALLER
    title: str = ""
    clock: datetime | None = None
    schedule: Mapping[str, Any] | None = None
    """The content of the line's schedule file."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """The line's settings that matter here, by name."""


def load(path: Path) -> Conversation:
    """A conversation from a file in UTF-8. Raises BadConversation, also where it cannot be read."""
    try:
        return read(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise BadConversation(f"{path}: файл не читается: {error}") from error


def read(text: str, name: str = "разговор") -> Conversation:
    """A conversation from its text; `name` stands in errors. Raises BadConversation."""
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise BadConversation(f"{name}: это не YAML: {error}") from error
    try:
        return _conversation(content)
    except _Wrong as wrong:
        raise BadConversation(f"{name}: {wrong}") from None


class _Wrong(Exception):
    pass


def _conversation(content: object) -> Conversation:
    fields = _fields(content, {"title", "from", "clock", "schedule", "settings", "talk"}, "файл")
    talk = fields.get("talk")
    if not isinstance(talk, list) or not talk:
        raise _Wrong("в поле «talk» должен быть список шагов")
    steps = tuple(_numbered(number, item) for number, item in enumerate(talk, start=1))
    caller = _text(fields.get("from", DEFAULT_CALLER), "from")
    title = _text(fields.get("title", "без названия"), "title")
    clock, schedule = _clock(fields.get("clock")), fields.get("schedule")
    if schedule is not None and not isinstance(schedule, dict):
        raise _Wrong(f"«schedule»: нужны поля, как в файле расписания, а здесь «{schedule}»")
    settings = fields.get("settings", {})
    if not isinstance(settings, dict):
        raise _Wrong(f"«settings»: нужны имена и значения настроек, а здесь «{settings}»")
    return Conversation(steps, None if caller == HIDDEN else caller, title, clock, schedule, settings)


def _clock(value: object) -> datetime | None:
    if value is None:
        return None
    try:
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(_text(value, "clock"))
    except ValueError:
        raise _Wrong(f"«clock»: не дата и время: {value}") from None
    if moment.tzinfo is None:
        raise _Wrong(f"«clock»: нет часового пояса, нужно как 2026-11-20T10:00:00+03:00, а не {value}")
    return moment


def _numbered(number: int, item: object) -> Step:
    try:
        return _step(item)
    except _Wrong as wrong:
        raise _Wrong(f"шаг {number}: {wrong}") from None


def _step(item: object) -> Step:
    kind, value = _one(item, set(_STEPS), "шаг")
    return _STEPS[kind](value)


def _caller(value: object) -> Step:
    if not isinstance(value, dict):
        return CallerSays(_text(value, "caller"))
    kind, given = _one(value, {"keys", "silence", "hang_up"}, "caller")
    if kind == "keys":
        keys = _text(given, "keys")
        if not set(keys) <= KEYS:
            raise _Wrong(f"«keys»: бывают кнопки 0-9, * и #, а здесь «{keys}»")
        return CallerPresses(keys)
    if kind == "silence":
        if type(given) is not int or given < 1:
            raise _Wrong(f"«silence»: сколько раз подряд, целое от 1, а здесь «{given}»")
        return CallerIsSilent(given)
    _must_be_true(given, "hang_up")
    return CallerHangsUp()


def _operator(value: object) -> Step:
    acts: dict[str, Callable[[], Step]] = {
        "answers": OperatorAnswers,
        "voicemail": OperatorsMachineAnswers,
        "hangs_up": OperatorHangsUp,
        "no_answer": OperatorDoesNotAnswer,
    }
    kind, given = _one(value, {*acts, "waits"}, "operator")
    if kind == "waits":
        if isinstance(given, bool) or not isinstance(given, int | float) or given <= 0:
            raise _Wrong(f"«waits»: секунды больше нуля, а здесь «{given}»")
        return OperatorLetsWait(float(given))
    _must_be_true(given, kind)
    return acts[kind]()


def _saved(value: object) -> Step:
    if not isinstance(value, dict):
        raise _Wrong("«saved»: нужны поля и значения")
    return Saved(value)


def _boolean(value: object, name: str) -> bool:
    if not isinstance(value, bool):
        raise _Wrong(f"«{name}»: true или false, а здесь «{value}»")
    return value


def _must_be_true(value: object, name: str) -> None:
    if value is not True:
        raise _Wrong(f"«{name}»: бывает только true, а здесь «{value}»")


def _text(value: object, name: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _Wrong(f"«{name}»: нужен текст (число — в кавычках), а здесь «{value}»")
    return value


def _one(value: object, known: set[str], where: str) -> tuple[str, Any]:
    """Exactly one known field."""
    fields = _fields(value, known, where)
    if len(fields) != 1:
        raise _Wrong(f"«{where}»: нужно ровно одно поле из: {', '.join(sorted(known))}")
    return next(iter(fields.items()))


def _fields(value: object, known: set[str], where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _Wrong(f"«{where}»: нужны поля: {', '.join(sorted(known))}")
    for name in value:
        if name not in known:
            raise _Wrong(f"«{where}»: неизвестное поле «{name}», бывают: {', '.join(sorted(known))}")
    return value


_STEPS: Mapping[str, Callable[[object], Step]] = {
    "phone": lambda value: PhoneSays(_text(value, "phone")),
    "not_phone": lambda value: PhoneKeepsFrom(_text(value, "not_phone")),
    "caller": _caller,
    "operator": _operator,
    "rings": lambda value: Rings(_text(value, "rings")),
    "saved": _saved,
    "ended": lambda value: Ended(_boolean(value, "ended")),
    "transferred": lambda value: Transferred(_boolean(value, "transferred")),
}
