"""The file with the operators' hours, the holidays and the emergency messages; read again when it has changed.

operators: {mon-fri: "08:00-20:00", sat: "09:00-18:00", sun: closed}
holidays: {"2027-01-01": closed, "2027-01-08": "10:00-16:00"}
emergency:
- {text: "…", from: "2026-11-20 10:00", until: "2026-11-20 18:00"}
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

import structlog
import yaml

from ivr.domain.calls import MOSCOW
from ivr.domain.schedule import ROUND_THE_CLOCK, Hours, Message, Schedule, ScheduleError
from ivr.language import documents

T = TypeVar("T")

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CLOSED = "closed"
_HOURS = re.compile(r"(\d{1,2}):(\d{2})\s*[-–—]\s*(\d{1,2}):(\d{2})")
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[ T](\d{1,2}):(\d{2})")
_HOW_HOURS = 'нужно "08:00-20:00" в кавычках или closed'
_HOW_MOMENT = 'нужно "2026-11-20 10:00" в кавычках, время московское'

_log = structlog.get_logger(__name__)


class BadSchedule(ValueError):
    """A file that is no schedule; the Russian message names file, field, value and the way out."""


class ScheduleFile:
    """The schedule as its file has it now. Thread-safe; no file is operators round the clock and no message."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()
        self._stamp: object = ()
        self._schedule = Schedule()

    def current(self) -> Schedule:
        """Read anew where time or size of the file has changed; what cannot be used is logged, and the last stays."""
        with self._lock:
            if (stamp := _stamp(self.path)) != self._stamp:
                self._stamp = stamp
                self._read(there=stamp is not None)
            return self._schedule

    def _read(self, *, there: bool) -> None:
        try:
            self._schedule = read(self.path) if there else Schedule()
        except (BadSchedule, OSError) as error:
            _log.error("schedule_broken", path=str(self.path), error=str(error))
        else:
            _log.info("schedule_read", path=str(self.path), there=there)


def _stamp(path: Path) -> object:
    """What changes with the file; None where there is none."""
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        return error.errno
    return found.st_mtime_ns, found.st_size


def read(path: Path) -> Schedule:
    """The file's schedule. Raises BadSchedule, or OSError where it cannot be read."""
    try:
        content = documents.read(path)
    except documents.DocumentError as error:
        raise BadSchedule(f"{path}: {_unreadable(error.__cause__)}") from error
    try:
        fields = _fields(content, "файл", {"operators", "holidays", "emergency"})
        week, holidays = _week(fields.get("operators")), _holidays(fields.get("holidays"))
        return Schedule(week, holidays, _messages(fields.get("emergency")))
    except ScheduleError as error:
        raise BadSchedule(f"{path}: {error}") from error


def _unreadable(cause: BaseException | None) -> str:
    match cause:
        case documents.KeyTwice():
            return f"строка {cause.line}: «{cause.key}» стоит дважды, оставьте одно"
        case documents.KeyNoText():
            return f'строка {cause.line}: «{cause.key}» возьмите в кавычки: "{cause.key}"'
        case documents.BadValue():
            return f"строка {cause.line}: «{cause.value}»: такой даты или числа нет; исправьте и возьмите в кавычки"
        case UnicodeDecodeError():
            return "файл не в кодировке UTF-8: сохраните его в ней"
        case yaml.MarkedYAMLError() if (mark := cause.problem_mark or cause.context_mark) is not None:
            place = f"ошибка в строке {mark.line + 1}, столбце {mark.column + 1}"
            return f"{place}: это не YAML, проверьте там и строкой выше отступы, двоеточия, запятые и кавычки"
        case yaml.reader.ReaderError():
            sign = cause.character if isinstance(cause.character, int) else ord(cause.character[:1])
            return f"в файле непечатный знак U+{sign:04X}: уберите его"
        case None:
            return "нет ни одного поля, бывают operators, holidays, emergency; ненужный файл удалите"
        case _:
            return "это не YAML: проверьте отступы, двоеточия и кавычки"


def _week(value: object) -> tuple[Hours | None, ...]:
    """All seven days, or none of them: round the clock."""
    if value is None:
        return ROUND_THE_CLOCK
    named: dict[str, Hours | None] = {}
    for key, hours in _fields(value, "operators").items():
        for day in _days(key):
            if day in named:
                raise ScheduleError(
                    f"operators: день «{day}» назван дважды, второй раз в «{key}»: оставьте один"
                )
            named[day] = _in(f"operators, {key}", _hours, hours)
    if missing := [day for day in DAYS if day not in named]:
        raise ScheduleError(
            f"operators: не названы дни: {', '.join(missing)}; добавьте их часы или {missing[0]}: closed"
        )
    return tuple(named[day] for day in DAYS)


def _days(key: str) -> tuple[str, ...]:
    first, _, last = key.partition("-")
    known = first in DAYS and (last in DAYS or "-" not in key)
    days = DAYS[DAYS.index(first) : DAYS.index(last or first) + 1] if known else ()
    if not days:
        raise ScheduleError(
            f"operators: «{key}» не день; бывают {', '.join(DAYS)} и промежутки по порядку, как mon-fri"
        )
    return days


def _holidays(value: object) -> dict[date, Hours | None]:
    if value is None:
        return {}
    fields = _fields(value, "holidays")
    return {_in("holidays", _date, key): _in(f"holidays, {key}", _hours, fields[key]) for key in fields}


def _date(text: str) -> date:
    try:
        if len(text) == len("2027-01-01"):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ScheduleError(f'«{text}»: такой даты нет, нужно как "2027-01-01": год, месяц, день')


def _messages(value: object) -> tuple[Message, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise ScheduleError(f"emergency: нужен список, каждое сообщение с «- text:», а здесь «{value}»")
    return tuple(_message(f"emergency, сообщение {number}", one) for number, one in enumerate(value, start=1))


def _message(where: str, value: object) -> Message:
    fields = _fields(value, where, {"text", "from", "until"})
    text = fields.get("text")
    if not isinstance(text, str):
        raise ScheduleError(f"{where}, text: нужен текст в кавычках, а здесь «{text}»")
    since, until = (
        None if fields.get(name) is None else _in(f"{where}, {name}", _moment, fields[name])
        for name in ("from", "until")
    )
    return _in(where, lambda words: Message(" ".join(words), since, until), text.split())


def _hours(value: object) -> Hours | None:
    if value == CLOSED:
        return None
    found = _HOURS.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise ScheduleError(f"«{value}»: {_HOW_HOURS}")
    return Hours(_minutes(value, found[1], found[2]), _minutes(value, found[3], found[4]))


def _moment(value: object) -> datetime:
    """Aware; 24:00 is the end of that day."""
    found = _MOMENT.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise ScheduleError(f"«{value}»: {_HOW_MOMENT}")
    minutes = timedelta(minutes=_minutes(value, found[2], found[3]))
    return datetime.combine(_date(found[1]), time.min, MOSCOW) + minutes


def _minutes(value: object, hours: str, minutes: str) -> int:
    if int(minutes) > 59 or (int(hours), int(minutes)) > (24, 0):
        raise ScheduleError(f"«{value}»: времени {hours}:{minutes} нет, бывает от 00:00 до 24:00")
    return int(hours) * 60 + int(minutes)


def _in(where: str, make: Callable[[Any], T], value: object) -> T:
    """What is made of the value; an error is told with its place."""
    try:
        return make(value)
    except ScheduleError as error:
        raise ScheduleError(f"{where}: {error}") from error


def _fields(value: object, where: str, known: Iterable[str] = ()) -> Mapping[str, Any]:
    """A mapping, with no other fields than the known ones where there are any."""
    if not isinstance(value, dict) or not value:
        raise ScheduleError(f"{where}: нужны поля со значениями, а здесь «{value}»")
    for name in value:
        if known and name not in known:
            raise ScheduleError(f"{where}: неизвестное поле «{name}», бывают: {', '.join(sorted(known))}")
    return value
