"""The frame of click's help and errors in Russian.

click looks its texts up by gettext and ships no catalogue. A dictionary in its place is smaller than a binary
catalogue with its tool, and a test sees that no English is left.
"""

import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.types

TEXTS = {
    "Usage:": "Вызов:",
    "Options": "Ключи",
    "Commands": "Команды",
    "Positional arguments": "Аргументы",
    "Show this message and exit.": "Показать эту справку.",
    "Error: {message}": "Ошибка: {message}",
    "Aborted!": "Прервано.",
    "Try '{command} {option}' for help.": "Справка: '{command} {option}'.",
    "default: {default}": "обычно: {default}",
    "required": "нужен",
    "Choose from:\n\t{choices}": "Можно:\n\t{choices}",
    "No such command {name!r}.": "Команды {name!r} нет.",
    "No such option {name!r}.": "Ключа {name!r} нет.",
    "Missing command.": "Нужна команда.",
    "Missing argument": "Нужен аргумент",
    "Missing option": "Нужен ключ",
    "Missing {param_type}": "Нужно: {param_type}",
    "Invalid value: {message}": "Неверное значение: {message}",
    "Invalid value for {param_hint}: {message}": "Неверное значение {param_hint}: {message}",
    "Option {name!r} does not take a value.": "Ключ {name!r} без значения.",
    "{value!r} is not a valid {number_type}.": "{value!r} не число.",
    "{value} is not in the range {range}.": "{value} вне пределов {range}.",
    "{name} {filename!r} does not exist.": "Файла {filename!r} нет.",
    "{name} {filename!r} is a directory.": "{filename!r} — это папка, а нужен файл.",
    "{name} {filename!r} is not readable.": "Файл {filename!r} нельзя прочитать: нет прав.",
}
PLURALS = {
    "{value!r} is not {choice}.": "{value!r} не подходит, можно: {choices}.",
    "Got unexpected extra argument ({args})": "Лишний аргумент: {args}",
    "Option {name!r} requires an argument.": "Ключу {name!r} нужно значение.",
    "Did you mean {possibilities}?": "Возможно: {possibilities}?",
    "(Did you mean one of: {possibilities}?)": "(Возможно: {possibilities}?)",
}
_MODULES = (click.core, click.decorators, click.exceptions, click.formatting, click.parser, click.types)


def speak_russian() -> None:
    """Once, before the command runs."""
    for module in _MODULES:
        setattr(module, "_", _text)  # noqa: B010  mypy does not know of these names
        if hasattr(module, "ngettext"):
            setattr(module, "ngettext", _plural)  # noqa: B010


def _text(english: str) -> str:
    return TEXTS.get(english, english)


def _plural(one: str, many: str, count: int) -> str:
    return PLURALS.get(one, one if count == 1 else many)
