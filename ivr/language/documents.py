"""YAML files read strictly: text keys, none of them twice (YAML would keep the last one in silence)."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml


class DocumentError(ValueError):
    """A data file that cannot be used; the message names the file and the place."""


class BadKey(DocumentError):
    """A key that cannot be used; `line` counts from 1."""

    why = ""

    def __init__(self, line: int, key: object) -> None:
        super().__init__(f"line {line}: {key!r} {self.why}")
        self.line = line
        self.key = key


class KeyNoText(BadKey):
    """A bare 1 or a bare date, say."""

    why = "is no text: put it in quotes"


class KeyTwice(BadKey):
    """YAML would keep the last one in silence."""

    why = "stands twice"


class BadValue(DocumentError):
    """A value that looks like a date, say, and is none; `line` counts from 1."""

    def __init__(self, line: int, value: object) -> None:
        super().__init__(f"line {line}: {value!r} cannot be")
        self.line = line
        self.value = value


_UNREADABLE = (yaml.YAMLError, ValueError, TypeError, RecursionError)
_UNMADE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError)
"""What PyYAML's constructors of dates, numbers and the like let through."""
_BOOL = "tag:yaml.org,2002:bool"


class _Strict(yaml.CSafeLoader):
    """As in YAML 1.2, only true and false are booleans: yes, no and on are words of this product."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - the base class has it so
        first: [(tag, pattern) for tag, pattern in resolvers if tag != _BOOL]
        for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }


_Strict.add_implicit_resolver(_BOOL, re.compile("^(?:true|false)$"), list("tf"))


def _mapping(loader: _Strict, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[object] = set()
    for key_node, _ in node.value:
        if key_node.tag == "tag:yaml.org,2002:merge":
            continue  # «<<: *reading» may be overridden
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, str):
            raise KeyNoText(key_node.start_mark.line + 1, key)
        if key in seen:
            raise KeyTwice(key_node.start_mark.line + 1, key)
        seen.add(key)
    return loader.construct_mapping(node, deep=True)


def _scalar(kind: str) -> Callable[[_Strict, yaml.ScalarNode], Any]:
    make: Any = yaml.CSafeLoader.yaml_constructors[kind]

    def made(loader: _Strict, node: yaml.ScalarNode) -> Any:
        try:
            return make(loader, node)
        except _UNMADE as error:
            raise BadValue(node.start_mark.line + 1, node.value) from error

    return made


_Strict.add_constructor("tag:yaml.org,2002:map", _mapping)
for _kind in ("timestamp", "int", "float", "bool"):
    _Strict.add_constructor(f"tag:yaml.org,2002:{_kind}", _scalar(f"tag:yaml.org,2002:{_kind}"))


def read(path: Path) -> dict[str, Any]:
    """The file's mapping. Raises DocumentError, or OSError when there is no such file."""
    try:
        document = yaml.load(path.read_text("utf-8"), _Strict)
    except _UNREADABLE as error:
        raise DocumentError(f"{path}: {error}") from error
    if not isinstance(document, dict):
        raise DocumentError(f"{path}: expected a mapping at the top")
    return document
