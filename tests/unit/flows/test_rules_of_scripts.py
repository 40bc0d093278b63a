"""Scripts are deterministic: no clock, no I/O, no chance, nothing that replay could not repeat."""

import ast
from pathlib import Path

import pytest

import ivr.dialogue.asking
import ivr.flows

FOLDER = Path(ivr.flows.__file__).parent
FILES = [*sorted(FOLDER.glob("*.py")), Path(ivr.dialogue.asking.__file__)]
FORBIDDEN = {"time", "random", "os", "secrets", "uuid", "socket", "requests", "asyncio", "threading", "io"}


def offences(tree):
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (f"imports {n.name}" for n in names if n.name.split(".")[0] in FORBIDDEN)
            case ast.ImportFrom(module=str(module)) if module.split(".")[0] in FORBIDDEN:
                yield f"imports {module}"
            case ast.Attribute(attr="now" | "today" | "utcnow", value=ast.Name(id="datetime" | "date")):
                yield "looks at the clock"
            case ast.Call(func=ast.Name(id="open" | "print" | "input")):
                yield "does I/O"
            case ast.Try(finalbody=final) if any(
                isinstance(n, ast.Await) for s in final for n in ast.walk(s)
            ):
                yield "a step in a finally"
            case ast.ExceptHandler(type=None):
                yield "catches everything"
            case ast.ExceptHandler(type=ast.Name(id="BaseException" | "Exception")):
                yield "catches everything"
            case ast.Global():
                yield "keeps a global"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_scripts_keep_the_rules(file):
    assert list(offences(ast.parse(file.read_text()))) == []


@pytest.mark.parametrize(
    "source",
    [
        "import time",
        "from random import choice",
        "x = datetime.now()",
        "try:\n    pass\nexcept BaseException:\n    pass",
        "try:\n    pass\nexcept:\n    pass",
        "async def f():\n    try:\n        pass\n    finally:\n        await Say('x')",
        "print(1)",
    ],
)
def test_the_rules_find_what_they_forbid(source):
    assert list(offences(ast.parse(source)))


def test_only_the_line_catches_jumps():
    catching = [
        file.stem
        for file in FILES
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.ExceptHandler) and isinstance(node.type, ast.Name) and node.type.id == "Jump"
    ]
    assert catching == ["line"]
