"""Debian's OpenFst tools (`apt install libfst-tools`, 1.7.9: what they write, Vosk 0.3.45 reads).

`fstconvert` looks for the type `olabel_lookahead` in a library of the name `olabel_lookahead-fst.so`; Debian
ships the same code as `libfstlookahead.so.22`, so a link of that name is put on LD_LIBRARY_PATH.
"""

import ctypes.util
import os
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path


class OpenFstMissingError(RuntimeError):
    """libfst-tools is not installed."""


class OpenFst:
    """The tools, working in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        """Raises OpenFstMissingError."""
        self.folder = folder
        (folder / "olabel_lookahead-fst.so").symlink_to(_lookahead_library())
        self._environment = {
            **os.environ,
            "LD_LIBRARY_PATH": f"{folder}:{os.environ.get('LD_LIBRARY_PATH', '')}",
        }

    def compile(self, lines: Iterable[str], name: str) -> None:
        """Text with numbers for labels → the file `name`. Raises CalledProcessError, as all here."""
        self.run("fstcompile", "-", name, text="\n".join(lines) + "\n")

    def run(self, *command: str, text: str | None = None) -> None:
        """A command of OpenFst in the folder."""
        try:
            subprocess.run(
                command,
                check=True,
                cwd=self.folder,
                env=self._environment,
                input=text,
                text=True,
                encoding="utf-8",
            )
        except FileNotFoundError as error:
            raise OpenFstMissingError(f"{command[0]}: apt install libfst-tools") from error


def _lookahead_library() -> str:
    name = ctypes.util.find_library("fstlookahead") or "libfstlookahead.so.22"
    listing = subprocess.run(["/sbin/ldconfig", "-p"], check=True, capture_output=True, text=True).stdout
    found = re.search(rf"{re.escape(name)} .*=> (\S+)", listing)
    if not found:
        raise OpenFstMissingError(f"{name}: apt install libfst-tools")
    return found.group(1)
