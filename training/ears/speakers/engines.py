"""What all engines share.

Files are named by what was asked of the engine: what is there already need not be said again.
"""

import hashlib
from collections.abc import Sequence

from training.ears.manifest import Utterance
from training.ears.sound import audio_files

WORKERS = 2
LETTERS_A_SECOND = (4.0, 30.0)
"""Outside of this an engine has failed."""
SHORTEST = 0.15
"""Seconds."""
SHORT = 8
"""Letters of a text that tell little of its length: LONGEST_SHORT at most."""
LONGEST_SHORT = 2.5
"""Seconds."""


def audible(rows: Sequence[Utterance]) -> list[Utterance]:
    """Those that were said. Raises ValueError where a speaker said nothing of them: the engine lacks the voice."""
    said = [row for row in rows if plausible(row)]
    if silent := {row.speaker for row in rows} - {row.speaker for row in said}:
        raise ValueError(
            f"{', '.join(sorted(silent))}: nothing was said; is the voice installed? (training/system.sh)"
        )
    return said


def plausible(row: Utterance) -> bool:
    """Whether the file lasts as long as its text takes to say."""
    seconds = audio_files.seconds(row.path)
    if len(row.text) < SHORT:
        return SHORTEST < seconds <= LONGEST_SHORT
    slowest, fastest = LETTERS_A_SECOND
    return slowest <= len(row.text) / max(seconds, SHORTEST) <= fastest


def named(*asked: str) -> str:
    """A file's name by what was asked of an engine."""
    return hashlib.blake2s("\n".join(asked).encode(), digest_size=8).hexdigest() + ".wav"
