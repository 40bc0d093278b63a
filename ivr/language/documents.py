"""YAML files read strictly: text keys, none of them twice (YAML would keep the last one in silence)."""

import re
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


_Strict.add_constructor("tag:yaml.org,2002:map", _mapping)


def read(path: Path) -> dict[str, Any]:
    """The file's mapping. Raises DocumentError, or OSError when there is no such file."""
    try:
        document = yaml.load(path.read_text("utf-8"), _Strict)
    except (yaml.YAMLError, DocumentError, UnicodeDecodeError, TypeError) as error:
        raise DocumentError(f"{path}: {error}") from error
    if not isinstance(document, dict):
        raise DocumentError(f"{path}: expected a mapping at the top")
    return document
