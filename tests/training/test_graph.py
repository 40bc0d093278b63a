"""The decoding graphs, and that Vosk loads what is written."""

import json
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from tests.training.test_kaldi import network
from training.ears import graph
from training.ears.kaldi import acoustic_model, bigrams, tree
from training.ears.kaldi.acoustic_model import forward_tid, selfloop_tid
from training.ears.words.phones import SPOKEN

WAYS = {
    "пять": [("pp", "aa", "tt"), ("pp", "aa", "t")],
    "пятьдесят": [("pp", "i", "dd", "i", "ss", "aa", "t"), ("pp", "i", "j", "ss", "aa", "t")],
    "опять": [("a", "pp", "aa", "tt")],
    "в": [("f",), ("v",)],
}
SHARES = dict.fromkeys(WAYS, 0.25)
CONF = {
    "mfcc.conf": "--sample-frequency=8000 --use-energy=false --num-mel-bins=40 --num-ceps=40 --low-freq=40",
    "model.conf": "--min-active=200 --max-active=3000 --beam=13.0 --lattice-beam=6.0 --acoustic-scale=1.0"
    " --frame-subsampling-factor=3 --frames-per-chunk=21 --endpoint.silence-phones=1",
}

needs_openfst = pytest.mark.training_data


class _Walk:
    """Follows the arcs of a graph's lines."""

    def __init__(self, lines: list[str]) -> None:
        self.arcs: defaultdict[int, list[tuple[int, int, int, float]]] = defaultdict(list)
        for source, *rest in (line.split() for line in lines):
            if rest:
                target, label, word, cost = rest
                self.arcs[int(source)].append((int(target), int(label), int(word), float(cost)))
        self.final = {int(line) for line in lines if len(line.split()) == 1}

    def words(self, labels: list[int]) -> set[tuple[int, ...]]:
        """What words the labels may mean, from the start to an end."""
        found, places = set(), [(0, 0, ())]
        while places:
            state, place, said = places.pop()
            if place == len(labels) and state in self.final:
                found.add(said)
            for target, label, word, _ in self.arcs[state]:
                then = said + ((word,) if word else ())
                if label == 0:
                    places.append((target, place, then))
                elif place < len(labels) and label == labels[place]:
                    places.append((target, place + 1, then))
        return found


def labels(*ways: tuple[str, ...], held: int = 2) -> list[int]:
    phones = [phone for way in ways for phone in tree.positioned(way)]
    return [label for phone in phones for label in (forward_tid(phone), *[selfloop_tid(phone)] * held)]


def test_phones_lead_to_their_word_alone() -> None:
    ids = {word: number for number, word in enumerate(WAYS, 1)}
    walk = _Walk(list(tree.lines(WAYS, ids, {})))
    for word, ways in WAYS.items():
        for way in ways:
            assert walk.words(labels(way)) == {(ids[word],)}
    silence = [forward_tid(1), selfloop_tid(1)]
    assert walk.words(silence) == {()}
    assert walk.words([*silence, *labels(("f",)), *silence, *labels(("pp", "aa", "tt"), ("v",), held=0)]) == {
        (4, 1, 4)
    }
    assert walk.words(labels(("pp", "aa"))) == set()


def test_the_mass_of_words_is_one() -> None:
    texts = [["пять", "опять"]] * 3 + [["опять"], ["в", "чужое"]]
    ids = {word: number for number, word in enumerate(WAYS, 1)}
    mass: defaultdict[str, float] = defaultdict(float)
    for line in bigrams.lines(SHARES, ids, texts):
        fields = line.split()
        mass[fields[0]] += np.exp(-float(fields[-1]))
    assert len(mass) == 4  # start, any, after «пять» and after «опять»
    assert all(total == pytest.approx(1, abs=1e-3) for total in mass.values())


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    for part in ("am", "conf"):
        (folder / part).mkdir()
    for name, text in CONF.items():
        (folder / "conf" / name).write_text(text.replace(" ", "\n") + "\n")
    graph.build(folder, WAYS, SHARES, [["пять", "опять"]] * 3)
    return folder


@needs_openfst
def test_vosk_hears_with_it(model: Path) -> None:
    import vosk

    vosk.SetLogLevel(-1)
    sound = (np.random.default_rng(0).normal(size=8000) * 3000).astype("<i2").tobytes()
    scores = []
    for compressed in (False, True):
        acoustic_model.write(model / "am" / "final.mdl", network(), compressed=compressed)
        loaded = vosk.Model(str(model))
        for grammar in (None, ["пять опять", "[unk]"], [graph.phone_word(phone) for phone in SPOKEN]):
            recogniser = vosk.KaldiRecognizer(
                loaded, 8000, *([json.dumps(grammar, ensure_ascii=False)] if grammar else [])
            )
            recogniser.SetMaxAlternatives(1)
            recogniser.AcceptWaveform(sound)
            best = json.loads(recogniser.FinalResult())["alternatives"][0]
            assert best["text"], grammar
            scores.append(best["confidence"])
    assert scores[:3] == pytest.approx(scores[3:], rel=1e-3)  # two bytes a weight cost next to nothing
    assert all(loaded.vosk_model_find_word(word) > 0 for word in (*WAYS, "[unk]", "<ph:aa>"))
    assert loaded.vosk_model_find_word("слон") == -1


@needs_openfst
def test_grammars_of_any_size(model: Path) -> None:
    import vosk

    vosk.SetLogLevel(-1)
    acoustic_model.write(model / "am" / "final.mdl", network())
    loaded = vosk.Model(str(model))
    for size in (1, 10, 300):
        phrases = [f"{a} {b} {c} {d}" for a in WAYS for b in WAYS for c in WAYS for d in WAYS][:size]
        recogniser = vosk.KaldiRecognizer(loaded, 8000, json.dumps(phrases, ensure_ascii=False))
        recogniser.AcceptWaveform(bytes(4000))
        assert "text" in json.loads(recogniser.FinalResult())
