"""`python -m training.ears.heldout`: what the ears are judged by and never trained on, a table a set.

Two people, an engine with two voices, two foreign languages, music; in var/ears/heldout.
"""

import argparse
import random
from itertools import islice
from pathlib import Path

from ivr import data
from training.ears import manifest
from training.ears.manifest import CACHE, Utterance
from training.ears.sound import audio_files
from training.ears.sources import RECORDINGS
from training.ears.speakers import garbage, people, ru_tts
from training.ears.texts import wordings
from training.ears.texts.callers import Caller
from training.ears.words.speaking import Speaking

SEED = 1_000_003
"""Not one of training's: other texts."""
STRINGS = 300


def main() -> None:
    """Parses the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--recordings", type=Path, default=RECORDINGS, help="folder of human.tsv")
    parser.add_argument("--out", type=Path, default=CACHE / "heldout", help="folder of the tables")
    options = parser.parse_args()
    audio = options.out / "audio"
    sets = {"ru_tts": spoken(options.out / "ru_tts"), "music": garbage.music(audio / "music")}
    for language, folder in garbage.FOREIGN_HELD_OUT.items():
        sets[f"foreign_{language}"] = garbage.foreign(audio / "foreign", {language: folder})
    if (options.recordings / "human.tsv").exists():
        said = list(people.recorded(options.recordings, audio / "human", "human", people.HELD_OUT))
        sets |= {
            name: [row for row in said if row.speaker == speaker] for speaker, name in people.HELD_OUT.items()
        }
    for name, rows in sets.items():
        print(f"{name}: {manifest.write(options.out / f'{name}.tsv', rows)} utterances")


def spoken(folder: Path) -> list[Utterance]:
    """STRINGS strings of numbers by each voice of ru_tts, rate and pitch drawn for each."""
    engine = ru_tts.Engine(folder / "engine")
    speaking = Speaking.load()
    rng = random.Random(SEED)
    numbers = list(islice(Caller(wordings.load(data.grammars(), speaking), SEED).numbers(), STRINGS))
    rows = []
    for voice in ru_tts.VOICES:
        for number, text in enumerate(numbers):
            path = folder / f"{voice}_{number:03}.wav"
            rate, pitch = rng.randint(80, 130), rng.randint(85, 120)
            sound = engine.speak(speaking.marked(text), voice, rate, pitch)
            audio_files.save(path, sound, ru_tts.RATE)
            rows.append(Utterance(path, "ru_tts", f"ru_tts-{voice}", "words", wordings.bare(text)))
    return rows


if __name__ == "__main__":
    main()
