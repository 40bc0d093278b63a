"""The model that hears: which folder, whether Vosk can take it, its words; loaded once a process.

Vosk prints and raises a bare Exception, or ends the process, where a file is missing or cut off. So the folder is
looked at before, and one that is not the line's own is tried in a process that may end. A model of another rate than
the telephone's gets its sound resampled (recogniser.py).
"""

import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import vosk

from ivr.audio import RATE
from ivr.speech import symbols
from ivr.speech.errors import ModelError

SHIPPED = Path(__file__).with_name("model")
UNKNOWN = "[unk]"
"""The word that Vosk gives for what is none of the grammar's."""
PHONE = "<ph:"
"""Pseudo-words of one phone each begin so, in the shipped model."""
_QUIET = -2
"""Vosk's log level: errors alone. At -1 a warning from C++ may stand between our lines of JSON."""
_ACOUSTIC = ("am/final.mdl", "conf/model.conf", "conf/mfcc.conf")
_GRAPHS = ("graph/HCLr.fst", "graph/Gr.fst")
_STATIC = "graph/HCLG.fst"
"""A graph made beforehand; where there is one, Vosk takes it and knows no grammars at run time."""
_TRIAL = """
import sys, vosk
vosk.SetLogLevel(-2)
vosk.KaldiRecognizer(vosk.Model(sys.argv[1]), int(sys.argv[2])).AcceptWaveform(bytes(32_000))
"""
_FAILS = re.compile("ERROR|ASSERTION|Invalid option")
"""In the line of Kaldi's that says why."""
_TRIAL_S = 300
"""So long loading a large model may take."""
_RATE = re.compile(r"^--sample-frequency=(\d+)(?:\.0*)?\s*$", re.MULTILINE)
_RUSSIAN = re.compile("[а-яё]+")
_LICENCE = re.compile(r"^\W*licen[cs]e\W+(\S.*?)\W*$", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True)
class Files:
    """A model's folder, looked at and found in order."""

    folder: Path
    rate: int
    """Hz that it was trained for."""
    run_time_grammars: bool
    words: tuple[str, ...]
    """Its vocabulary, with no special signs and no pseudo-words of phones."""
    phones: tuple[str, ...]
    """The pseudo-words of one phone each; none in a foreign model."""

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(file.stat().st_size for file in self.folder.rglob("*") if file.is_file())

    @property
    def licence(self) -> str:
        """«Licence: …» of the model card (README.md), else the first line of a licence file, else empty."""
        if found := _LICENCE.search(_text(self.folder / "README.md")):
            return found[1]
        files = (_text(file).strip() for file in sorted(self.folder.glob("LICEN[CS]E*")))
        return next((text.splitlines()[0].strip() for text in files if text), "")


class Model:
    """A loaded model; threads share it. Made by `load` alone."""

    def __init__(self, files: Files) -> None:
        self.files = files
        try:
            self._vosk = vosk.Model(str(files.folder))
        except Exception as error:  # Vosk has no other
            raise ModelError(f"{files.folder}: Vosk cannot load it; was it copied completely?") from error
        known = frozenset(files.words)
        spelt = {word.replace("ё", "е"): word for word in files.words if "ё" in word}
        self._spelt = {word: with_yo for word, with_yo in spelt.items() if word not in known}
        self._known = known | self._spelt.keys()

    def knows(self, word: str) -> bool:
        """Whether the word can be heard."""
        if self._known:
            return word in self._known or (word == UNKNOWN and self._finds(word))
        return self._finds(word)

    def decoder(self, grammar: str | None, alternatives: int) -> Any:
        """A new `vosk.KaldiRecognizer` for one utterance at `files.rate` Hz.

        `grammar`: a JSON list of phrases whose words the model knows, at least one (an empty one ends the process);
        None for the whole vocabulary. What the model writes with «ё» is written with «е» here. `alternatives`: 0 for
        word confidences, else for that many texts with scores.
        """
        if grammar is not None and self._spelt:
            grammar = _RUSSIAN.sub(lambda word: self._spelt.get(word[0], word[0]), grammar)
        made = vosk.KaldiRecognizer(self._vosk, self.files.rate, *([] if grammar is None else [grammar]))
        made.SetWords(True)
        made.SetMaxAlternatives(alternatives)
        return made

    def _finds(self, word: str) -> bool:
        return bool(self._vosk.vosk_model_find_word(word) >= 0)


_lock = Lock()
_loaded: dict[Path, Model] = {}


def folder_of(setting: str) -> Path:
    """The folder that `IVR_VOSK_MODEL` names; the shipped model's where it names none."""
    return Path(setting) if setting else SHIPPED


def load(folder: Path = SHIPPED) -> Model:
    """The model of the folder, one a process however many threads ask. Raises ModelError."""
    with _lock:
        place = folder.resolve()
        if place not in _loaded:
            files = look_at(folder)
            if folder.resolve() != SHIPPED.resolve():
                _try(files)
            vosk.SetLogLevel(_QUIET)
            _loaded[place] = Model(files)
        return _loaded[place]


def look_at(folder: Path) -> Files:
    """What can be told of a model without loading it. Raises ModelError for what Vosk would not survive."""
    if not folder.is_dir():
        raise ModelError(
            f"{folder}: no such folder; IVR_VOSK_MODEL must name an unpacked Vosk model, or be unset"
        )
    static = (folder / _STATIC).is_file()
    _need(folder, [*_ACOUSTIC, *([_STATIC] if static else [*_GRAPHS, "graph/disambig_tid.int"])])
    if not (folder / _ACOUSTIC[0]).read_bytes().startswith(b"\0B"):
        raise ModelError(f"{folder}/{_ACOUSTIC[0]}: no Kaldi model; get the folder anew")
    for graph in [_STATIC] if static else _GRAPHS:
        if not symbols.is_fst(folder / graph):
            raise ModelError(f"{folder}/{graph}: no graph (OpenFst); get the folder anew")
    rate = _RATE.search((folder / "conf/mfcc.conf").read_text(encoding="utf-8", errors="replace"))
    words = _words(folder, _STATIC if static else _GRAPHS[1])
    return Files(
        folder,
        int(rate[1]) if rate else 2 * RATE,  # Kaldi's own default is 16 kHz
        not static,
        tuple(word for word in words if word[:1] not in "<#["),
        tuple(word for word in words if word.startswith(PHONE)),
    )


def _try(files: Files) -> None:
    """Load the model in another process and let it hear a second of silence."""
    command = [sys.executable, "-P", "-c", _TRIAL, str(files.folder), str(files.rate)]
    try:
        tried = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=_TRIAL_S)
    except subprocess.TimeoutExpired:
        raise ModelError(f"{files.folder}: Vosk did not load it in {_TRIAL_S} s") from None
    if tried.returncode:
        lines = [line for line in tried.stderr.splitlines() if line.strip()]
        said = next((line for line in lines if _FAILS.search(line)), lines[0] if lines else "no word of why")
        raise ModelError(f"{files.folder}: Vosk cannot use it ({said}); get the folder anew")


def _need(folder: Path, names: Iterable[str]) -> None:
    for name in names:
        file = folder / name
        if not file.is_file():
            raise ModelError(f"{folder}: no Vosk model, {name} is missing")
        if file.stat().st_size == 0 and file.suffix != ".int":
            raise ModelError(f"{file}: an empty file; get the folder anew")


def _text(file: Path) -> str:
    """What can be shown of a text file; empty for one that cannot be read, or is none."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
    return "".join(sign for sign in text if sign.isprintable() or sign == "\n")


def _words(folder: Path, graph: str) -> tuple[str, ...]:
    listed = folder / "graph/words.txt"
    try:
        return symbols.of_text(listed) if listed.is_file() else symbols.of_graph(folder / graph)
    except symbols.BrokenGraph as error:
        raise ModelError(
            f"{folder}/{graph}: its words cannot be read ({error}); get the folder anew"
        ) from error
