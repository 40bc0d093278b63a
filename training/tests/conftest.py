"""Utterances to train a tiny network on."""

import subprocess
from itertools import product

import pytest

from training.ears.manifest import Utterance

WORDS = ("один", "два", "три", "четыре", "пять")


@pytest.fixture(scope="session")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> list[Utterance]:
    """Two words each, by espeak-ng."""
    folder = tmp_path_factory.mktemp("spoken")
    made = []
    for pair in product(WORDS, WORDS):
        for speed, pitch in ((140, 40), (170, 60)):
            path = folder / f"{'_'.join(pair)}_{speed}.wav"
            command = [
                "espeak-ng",
                "-v",
                "ru",
                "-s",
                str(speed),
                "-p",
                str(pitch),
                "-w",
                str(path),
                " ".join(pair),
            ]
            subprocess.run(command, check=True)
            made.append(Utterance(path, "rhvoice", "one", "words", " ".join(pair)))
    return made
