"""The documents name every setting, command, target and dependency there is, and nothing of one machine."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from ivr.cli import main
from ivr.settings import Settings

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
TARGETS = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
FOLDERS = ("docs", "ivr", "tests", "benchmarks", "grammars", "audio_prompts")
SOURCES = ("*.*", "Makefile", ".ci/*", *(f"{folder}/**/*" for folder in FOLDERS))
OF_ONE_MACHINE = re.compile(
    r"/[w]ork/|pypi\.org|pythonhosted\.org|npmjs\.(org|com)|--(extra-)?index-url|--trusted-[h]ost"
    r"|https?://[^/\s]*(pypi|npm|registry|artifactory|nexus|mirror)"
)


def rows(document: str) -> list[list[str]]:
    """Cells of the table rows whose first cell is code, without their backquotes."""
    lines = (DOCS / document).read_text().splitlines()
    return [
        [cell.strip().strip("`") for cell in line.strip("|").split("|")]
        for line in lines
        if line.startswith("| `")
    ]


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    names = command.list_commands(click.Context(command)) if isinstance(command, click.Group) else ()
    for short in names:
        one = command.get_command(click.Context(command), short)
        yield f"{name} {short}", one
        yield from commands(one, f"{name} {short}")


def dependencies() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    listed = project["project"]["dependencies"] + project["build-system"]["requires"]
    listed += [one for extra in project["project"]["optional-dependencies"].values() for one in extra]
    return {re.split(r"[^\w.-]", one)[0] for one in listed}


def test_every_setting_stands_with_its_default():
    documented = {name: default for name, default, _ in rows("settings.md")}
    fields = Settings.model_fields.items()
    assert documented == {
        f"IVR_{name.upper()}": "—" if field.default in ("", None) else str(field.default)
        for name, field in fields
    }


def test_every_command_stands_with_its_options():
    sections = dict(
        re.findall(r"^#+ `(ivr [a-z ]+)`\n(.*?)(?=^#|\Z)", (DOCS / "cli.md").read_text(), re.M | re.S)
    )
    there_are = dict(commands(main, "ivr"))
    assert sections.keys() == there_are.keys()
    for name, command in there_are.items():
        options = {
            o for p in command.params if isinstance(p, click.Option) for o in p.opts if o.startswith("--")
        }
        assert set(re.findall(r"^- `(--[a-z-]+)", sections[name], re.MULTILINE)) == options, name


def test_every_target_is_in_the_readme_and_in_the_help():
    shown = subprocess.run(
        ["make", "-s", "-C", ROOT, "help"], capture_output=True, text=True, check=True
    ).stdout
    helped, readme = re.findall(r"make ([a-z]+)\t\S", shown), (ROOT / "README.md").read_text()
    assert "run" in TARGETS
    assert helped == TARGETS
    assert [target for target in TARGETS if not re.search(rf"\bmake {target}\b", readme)] == []


def test_every_dependency_stands_with_its_licence_and_why():
    listed = {name: rest for name, *rest in rows("third_party.md")}
    assert listed.keys() == dependencies()
    assert all(licence and why for licence, why in listed.values())


def test_every_log_event_is_explained():
    code = "".join(file.read_text() for file in (ROOT / "ivr").rglob("*.py"))
    assert {event for event, *_ in rows("operations.md")} == set(re.findall(r'_log\.\w+\(\s*"(\w+)"', code))


@pytest.mark.parametrize("file", [ROOT / "README.md", *DOCS.rglob("*.md")], ids=lambda file: file.name)
def test_every_link_leads_somewhere(file):
    links = re.findall(r"\]\((?!https?:)([^)#]+)", file.read_text())
    assert [link for link in links if not (file.parent / link).exists()] == []


def test_nothing_is_of_one_machine():
    files = {
        file for pattern in SOURCES for file in ROOT.glob(pattern) if file.is_file() and file.suffix != ".pyc"
    }
    assert ROOT / "constraints.txt" in files
    found = {str(file): OF_ONE_MACHINE.search(file.read_text(errors="replace")) for file in files}
    assert {file: match.group() for file, match in found.items() if match} == {}
