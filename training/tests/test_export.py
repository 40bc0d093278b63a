"""A tiny network, trained for seconds on a synthetic voice, written for Vosk: it hears, and both sides agree."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import torch
import vosk

from ivr.speech.bigram import GRAPH_SCALE, Bigram
from training.ears import export, graph, store, train
from training.ears.acoustics import mmi
from training.ears.acoustics.network import Network, Shape
from training.ears.manifest import Utterance
from training.ears.sound import reading
from training.ears.sound.features import RATE, log_mels
from training.ears.sound.noise import Noise
from training.ears.words.lexicon import Lexicon
from training.ears.words.phones import PHONE_INDEX, PHONES
from training.tests.conftest import WORDS

SMALL = Shape(pdfs=2 * len(PHONES), first=32, width=64, bottleneck=32, dilations=(1, 2, 2))
STEPS = 250
TOLERANCE = 0.02
"""Nats a whole utterance."""


@pytest.fixture(scope="module")
def network(spoken: list[Utterance], tmp_path_factory: pytest.TempPathFactory) -> Network:
    folder = tmp_path_factory.mktemp("ears")
    store.make(spoken, folder / "features", workers=2)
    pool = train.pooled(folder / "features")
    noise = Noise([item.mels for item in train._some(pool, 20, 1)], 1)
    bigram = train.counted(pool, noise)
    torch.manual_seed(1)
    small = Network(SMALL)
    plan = train.Plan(STEPS, easy=STEPS)
    train.Trainer(small, pool, noise, bigram, plan, folder / "checkpoints").run()
    small.load_state_dict(torch.load(folder / "checkpoints" / "final.pt", weights_only=True))
    return small.eval()


@pytest.fixture(scope="module")
def model(network: Network, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    export.write(network, folder)
    lexicon = Lexicon.load()
    graph.build(folder, {word: lexicon.ways(word) for word in WORDS}, dict.fromkeys(WORDS, 1 / len(WORDS)))
    return folder


def test_vosks_score_of_what_it_heard_is_pytorchs(
    network: Network, model: Path, spoken: list[Utterance]
) -> None:
    vosk.SetLogLevel(-2)
    loaded = vosk.Model(str(model))
    bigram = Bigram([(word,) for word in WORDS])
    right = 0
    for one in spoken[::5]:
        wave = np.round(np.pad(reading.read(str(one.path)), 2000) * 20000).astype(np.float32)
        recogniser = vosk.KaldiRecognizer(loaded, RATE, json.dumps(list(WORDS), ensure_ascii=False))
        recogniser.SetMaxAlternatives(1)
        recogniser.AcceptWaveform(wave.astype("<i2").tobytes())
        best = json.loads(recogniser.FinalResult())["alternatives"][0]
        words = best["text"].split()
        right += best["text"] == one.text
        sound = best["confidence"] + GRAPH_SCALE * bigram.cost(words)
        assert sound == pytest.approx(_best_path(network, wave, words), abs=TOLERANCE)
    assert right >= 7  # of ten: it has learnt something


def _best_path(network: Network, wave: np.ndarray, words: Sequence[str]) -> float:
    """The score of the best way through these words, silence allowed before, between and after."""
    mels = np.pad(log_mels(wave), ((network.shape.pad, network.shape.pad), (0, 0)), "edge")
    with torch.no_grad():
        scores = network(torch.from_numpy(mels)[None])[0].double().numpy()
    lexicon = Lexicon.load()
    ways = [[[PHONE_INDEX[p] for p in way] for way in lexicon.ways(word)] for word in words]
    phones, before = mmi.sausage(ways)
    starts = [
        place for place, entered in enumerate(before) if 0 in entered
    ]  # silence may be missing at both ends
    ends = before[-1]
    picked, stayed = 2 * np.array(phones), 2 * np.array(phones) + 1
    now = np.full(len(phones), -np.inf)
    for t, row in enumerate(scores):
        come = np.array([max((now[b] for b in entered), default=-np.inf) for entered in before])
        if t == 0:
            come[[0, *starts]] = 0.0
        now = np.maximum(come + row[picked], now + row[stayed])
    return float(max(now[-1], *(now[end] for end in ends)))
