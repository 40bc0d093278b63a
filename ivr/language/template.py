"""Phrase templates: `(передать|сообщить) показания [счетчика]`, `оператор[а|у|ом]`, spelt out into phrases.

`(a|b)` is one of, `[a|b]` is one of or nothing; brackets nest and may touch a word. Words are Russian.
"""

import re
from dataclasses import dataclass
from sys import intern

from ivr.language.text import words

MOST = 3_000
"""Phrases from one template; more is a mistake in the template."""

_FORBIDDEN = re.compile(r"[^а-яА-ЯёЁ0-9 ()\[\]|-]")
_CLOSING = {"(": ")", "[": "]"}


class TemplateError(ValueError):
    """A template that cannot be spelt out."""


@dataclass
class _Reader:
    text: str
    place: int = 0

    def alternatives(self, closing: str) -> list[str]:
        """What stands up to the closing bracket (or the end, if it is empty), as texts."""
        found: list[str] = []
        current = [""]
        while True:
            sign = self.text[self.place : self.place + 1]
            if sign == closing:
                self.place += 1
                return found + self._filled(current)
            self.place += 1
            if sign in ("", ")", "]"):
                raise TemplateError(f"a bracket is missing or too many near character {self.place}")
            if sign == "|":
                found += self._filled(current)
                current = [""]
            else:
                current = self._longer(current, sign)

    def _longer(self, current: list[str], sign: str) -> list[str]:
        options = self.alternatives(_CLOSING[sign]) if sign in _CLOSING else [sign]
        if sign == "[":
            options.append("")
        if len(current) * len(options) > MOST:
            raise TemplateError(f"more than {MOST} phrases: split it")
        return [start + option for start in current for option in options]

    def _filled(self, current: list[str]) -> list[str]:
        if current == [""]:
            raise TemplateError("an empty alternative: write [x] for what may be left out")
        return current


def phrases(template: str) -> tuple[tuple[str, ...], ...]:
    """The template's phrases as words, in its order, each once. Raises TemplateError."""
    if foreign := _FORBIDDEN.search(template):
        raise TemplateError(f"{foreign.group()!r} is not a Russian letter, a digit, a space or a bracket")
    if "|" in re.sub(r"[(\[].*[)\]]", "", template):
        raise TemplateError("«|» outside brackets: write two templates")
    spelt = [
        tuple(map(intern, words(text))) for text in _Reader(template).alternatives("")
    ]  # few words, many phrases
    if not all(spelt):
        raise TemplateError("it can be spelt as nothing")
    return tuple(dict.fromkeys(spelt))
