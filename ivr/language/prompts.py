"""The prompts: what the line says, by id, with typed slots, from `audio_prompts/prompts.yaml`.

reading:
  slots: {zone: text, last: number}
  source: conversation               # notice | rule | conversation; a notice's sentence under `notice`
  say: "Назовите показания {zone}."
  short: "…"                         # a variant, addressed "reading.short"; so too example, keys, help
  hear_out: true                     # said before the caller may interrupt
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache, partial
from pathlib import Path
from string import Formatter
from typing import Any

from ivr.language import documents, wording

VARIANTS = ("short", "example", "keys", "help")
SOURCES = ("notice", "rule", "conversation")
FIELDS = frozenset({"slots", "source", "notice", "say", "hear_out", *VARIANTS})


@dataclass(frozen=True)
class SlotType:
    """What a slot takes, and how it is said."""

    takes: type
    words: Callable[[Any], str]
    slowly: Callable[[Any], str] | None = None
    """For the caller who asked for slower speech, where that has other words."""


def _day(text: str, *, genitive: bool = False) -> str:
    return wording.date(date.fromisoformat(text), genitive)


SLOTS: Mapping[str, SlotType] = {
    "number": SlotType(int, wording.number, wording.number_slowly),
    "number_genitive": SlotType(
        int, partial(wording.number, case="genitive"), partial(wording.number_slowly, case="genitive")
    ),
    "kwh": SlotType(int, wording.kwh, partial(wording.kwh, slow=True)),
    "money": SlotType(int, wording.money, partial(wording.money, slow=True)),
    "figures": SlotType(int, wording.figures),
    "digits": SlotType(str, wording.digits),
    "account": SlotType(str, wording.account, partial(wording.account, slow=True)),
    "serial": SlotType(str, wording.serial),
    "phone": SlotType(str, wording.phone, partial(wording.phone, slow=True)),
    "request": SlotType(str, wording.request_number, partial(wording.request_number, slow=True)),
    "date": SlotType(str, _day),
    "date_genitive": SlotType(str, partial(_day, genitive=True)),
    "day": SlotType(int, wording.day_of_month),
    "day_genitive": SlotType(int, partial(wording.day_of_month, genitive=True)),
    "time": SlotType(str, lambda moment: wording.time(time.fromisoformat(moment))),
    "time_genitive": SlotType(str, lambda moment: wording.time(time.fromisoformat(moment), "genitive")),
    "time_accusative": SlotType(str, lambda moment: wording.time(time.fromisoformat(moment), "accusative")),
    "text": SlotType(str, str),
    "term": SlotType(str, str),
}
"""Slot types by name. Money is in kopecks, dates and times are ISO 8601, a term is the id of the prompt put in."""


class PromptError(documents.DocumentError):
    """A prompt that cannot be said; the message names prompt, slot and value."""


@dataclass(frozen=True)
class Prompt:
    """One text with its slots."""

    id: str
    parts: tuple[tuple[str, str], ...]
    """(text, slot after it or "")."""
    slots: Mapping[str, str]
    """Declared slot → its type; a variant may leave some unsaid."""
    source: str
    notice: str
    hear_out: bool

    def text(self, values: Mapping[str, object], *, slow: bool = False) -> str:
        """The text with the values in words, the first one with a capital. Raises PromptError for a wrong value."""
        for slot, value in values.items():
            self._check(slot, value)
        text = "".join(
            [text + self._words(slot, values, slow) if slot else text for text, slot in self.parts]
        )
        begins_with_a_slot = not self.parts[0][0]
        return text[:1].upper() + text[1:] if begins_with_a_slot else text

    def _check(self, slot: str, value: object) -> None:
        if slot not in self.slots:
            raise PromptError(f"prompt {self.id}: slot {slot!r} (value {value!r}) is not declared")
        expected = SLOTS[self.slots[slot]].takes
        if not isinstance(value, expected) or isinstance(value, bool):
            needs = f"({self.slots[slot]}) needs {expected.__name__}"
            raise PromptError(f"prompt {self.id}: slot {slot!r} {needs}, got {value!r}")

    def _words(self, slot: str, values: Mapping[str, object], slow: bool) -> str:
        if slot not in values:
            raise PromptError(f"prompt {self.id}: slot {slot!r} is missing among {dict(values)!r}")
        kind = SLOTS[self.slots[slot]]
        try:
            return ((slow and kind.slowly) or kind.words)(values[slot])
        except (ValueError, OverflowError) as error:
            raise PromptError(
                f"prompt {self.id}: slot {slot!r} ({self.slots[slot]}), {values[slot]!r}: {error}"
            ) from error


class Prompts:
    """All prompts by id, variants included ("reading", "reading.short")."""

    def __init__(self, prompts: Mapping[str, Prompt]) -> None:
        self._prompts = dict(prompts)

    @classmethod
    def load(cls, folder: Path) -> "Prompts":
        """From `prompts.yaml` of the folder, read once while the file does not change. Raises PromptError."""
        path = folder / "prompts.yaml"
        try:
            written = path.stat()
        except OSError as error:
            raise PromptError(f"{path}: {error.strerror}") from error
        return cls(_read(path, written.st_mtime_ns, written.st_size))

    def text(self, prompt_id: str, slots: Mapping[str, object], *, slow: bool = False) -> str:
        """What is said; `slow`: numbers as one dictates them. Raises PromptError."""
        prompt = self.prompt(prompt_id)
        terms = {
            slot: self.text(str(value), {})
            for slot, value in slots.items()
            if prompt.slots.get(slot) == "term"
        }
        return prompt.text({**slots, **terms}, slow=slow)

    def prompt(self, prompt_id: str) -> Prompt:
        """The prompt itself. Raises PromptError when there is none."""
        try:
            return self._prompts[prompt_id]
        except KeyError:
            raise PromptError(f"no prompt {prompt_id!r} in prompts.yaml") from None

    def has(self, prompt_id: str) -> bool:
        """Whether there is such a prompt or variant."""
        return prompt_id in self._prompts

    def hear_out(self, prompt_id: str) -> bool:
        """Whether it is said before the caller may interrupt. Raises PromptError."""
        return self.prompt(prompt_id).hear_out

    def ids(self) -> tuple[str, ...]:
        """Every id, variants included, in the file's order."""
        return tuple(self._prompts)


@lru_cache(maxsize=1)
def _read(path: Path, _written: int, _size: int) -> Mapping[str, Prompt]:
    try:
        document = documents.read(path)
    except documents.DocumentError as error:
        raise PromptError(str(error)) from error
    prompts: dict[str, Prompt] = {}
    for name, fields in document.items():
        for one in _prompts(path, name, fields):
            if prompts.setdefault(one.id, one) is not one:
                raise PromptError(f"{path}: {one.id} is both a prompt and a variant")
    return prompts


def _prompts(path: Path, name: str, fields: object) -> list[Prompt]:
    where = f"{path}: {name}"
    if not isinstance(fields, dict):
        raise PromptError(f"{where}: expected a mapping, got {fields!r}")
    if unknown := fields.keys() - FIELDS:
        raise PromptError(f"{where}: unknown field {sorted(map(str, unknown))}")
    slots, source, notice = _slots(where, fields), _source(where, fields), str(fields.get("notice", ""))
    hear_out = fields.get("hear_out", False)
    if not isinstance(hear_out, bool):
        raise PromptError(f"{where}: hear_out is true or false, got {hear_out!r}")
    texts = {name: fields.get("say")} | {f"{name}.{one}": fields[one] for one in VARIANTS if one in fields}
    return [
        Prompt(prompt_id, _parts(f"{path}: {prompt_id}", text, slots), slots, source, notice, hear_out)
        for prompt_id, text in texts.items()
    ]


def _slots(where: str, fields: dict[str, Any]) -> dict[str, str]:
    slots = fields.get("slots") or {}
    if not isinstance(slots, dict):
        raise PromptError(f"{where}: slots must be a mapping, got {slots!r}")
    for slot, kind in slots.items():
        if not isinstance(slot, str) or kind not in SLOTS:
            raise PromptError(f"{where}: slot {slot!r} has the type {kind!r}; known are {', '.join(SLOTS)}")
    return slots


def _source(where: str, fields: dict[str, Any]) -> str:
    source = fields.get("source")
    if source not in SOURCES:
        raise PromptError(f"{where}: source is {source!r}; known are {', '.join(SOURCES)}")
    if (source == "notice") != bool(fields.get("notice")):
        raise PromptError(f'{where}: `notice: "sentence"` belongs to source notice, and to it alone')
    return str(source)


def _parts(where: str, text: object, slots: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    if not isinstance(text, str) or not text.strip():
        raise PromptError(f"{where}: needs a text, got {text!r}")
    try:
        parsed = list(Formatter().parse(text))
    except ValueError as error:
        raise PromptError(f"{where}: {text!r}: {error}") from error
    for _, slot, spec, conversion in parsed:
        if slot is not None and (slot not in slots or spec or conversion):
            raise PromptError(f"{where}: slot {{{slot}}} is not declared, or is more than a name")
    return tuple((literal, slot or "") for literal, slot, _, _ in parsed)
