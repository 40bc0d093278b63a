"""Batches are sound whatever is drawn; a run that ended goes on; another run begins anew."""

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from training.ears import store, train
from training.ears.acoustics import corpus
from training.ears.acoustics.corpus import Batch, Item, Pool, augmented, clean, joined
from training.ears.acoustics.mmi import PhoneBigram
from training.ears.acoustics.network import Network, Shape
from training.ears.acoustics.transcripts import UNK, transcript
from training.ears.manifest import Utterance
from training.ears.sound import noise as noises
from training.ears.sound.features import MELS
from training.ears.sound.noise import Noise
from training.ears.words.lexicon import Lexicon
from training.ears.words.phones import PHONES

TINY = Shape(pdfs=2 * len(PHONES), first=16, width=32, bottleneck=16, dilations=(1,))
PLAN = train.Plan(steps=30, easy=15, made_of="these")


@pytest.fixture(scope="module")
def features(spoken: list[Utterance], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("features")
    store.make(spoken, folder, workers=2)
    return folder


@pytest.fixture(scope="module")
def pool(features: Path) -> Pool:
    return train.pooled(features)


@pytest.fixture(scope="module")
def noise(pool: Pool) -> Noise:
    return Noise([item.mels for item in train._some(pool, 20, 1)], 1)


@pytest.fixture(scope="module")
def bigram(pool: Pool, noise: Noise) -> PhoneBigram:
    return train.counted(pool, noise, draws=50)


def test_the_shortest_words_leave_sound(noise: Noise) -> None:
    """Eleven frames, of which what is cut off at both ends may leave nothing."""
    said = transcript(Utterance(Path("a.wav"), "numbers", "one", "words", "два"), Lexicon.load())
    assert said is not None
    short = Pool()
    short.add("numbers", "one", Item(np.full((11, MELS), 12, np.float16), said))
    rng = random.Random(1)
    for _ in range(300):
        for made in (clean, augmented, joined):
            mels, words = made(short, noise, rng)
            assert np.isfinite(mels).all()
            assert len(mels) > 3 * len(words)


def test_a_babble_is_nobody_s_and_another_each_time(
    pool: Pool, noise: Noise, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(1)
    one, other = noise.babble(120, rng), noise.babble(120, rng)
    assert one.shape == (120, MELS)
    assert np.log(np.exp(one).mean()) == pytest.approx(0, abs=0.01)
    assert np.abs(one - other).max() > 1
    monkeypatch.setattr(noises, "BABBLE", 1.0)
    quiet = np.full((120, MELS), -5, np.float32)
    one, other = noise.over(quiet, 10.0, rng), noise.over(quiet, 10.0, rng)
    assert np.log(np.exp(one).mean()) == pytest.approx(10, abs=0.1)
    assert np.abs(one - other).max() > 1, "a clip would be the same, from another place on"
    monkeypatch.setattr(noise, "wordless", [])
    noise.over(quiet, 10.0, rng)
    monkeypatch.setattr(corpus, "ALONE", 0.0)
    monkeypatch.setattr(corpus, "CROWDS", 1.0)
    mels, words = augmented(pool, noise, rng)
    assert words == [UNK], "not silence, which would then be like a voice"
    assert np.isfinite(mels).all()


def test_features_are_made_anew_for_other_utterances(spoken: list[Utterance], tmp_path: Path) -> None:
    store.make(spoken[:2], tmp_path, workers=1)
    first = store.made_of(tmp_path)
    store.make(spoken[2:3], tmp_path, workers=1)
    assert store.made_of(tmp_path) != first
    assert {one.utterance.text for one in store.load(tmp_path)} == {spoken[2].text}


def test_utterances_that_stay_keep_their_features(
    spoken: list[Utterance], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def kept() -> list[np.ndarray[tuple[int, ...], np.dtype[np.float16]]]:
        return [np.array(one.mels) for one in store.load(tmp_path) if one.utterance == spoken[1]]

    store.make(spoken[:2], tmp_path, workers=1)
    before = kept()
    store.make(spoken[1:3], tmp_path, workers=1)
    after = kept()
    assert before
    assert all(np.array_equal(one, other) for one, other in zip(before, after, strict=True))
    assert {one.utterance.text for one in store.load(tmp_path)} == {one.text for one in spoken[1:3]}
    assert not (tmp_path / store.EARLIER).exists()
    monkeypatch.setattr(store, "OTHERS", 0.5)
    store.make(spoken[1:3], tmp_path, workers=1)
    assert not all(np.array_equal(one, other) for one, other in zip(before, kept(), strict=True))


def test_a_run_goes_on_where_it_was_and_another_one_begins_anew(
    pool: Pool, noise: Noise, bigram: PhoneBigram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train, "SAVED", 10)
    monkeypatch.setattr(train, "SHOWN", 5)

    def trainer(plan: train.Plan, stop_at: int = -1) -> train.Trainer:
        made = train.Trainer(Network(TINY), pool, noise, bigram, plan, tmp_path)
        learn = made._learn

        def until(batch: Batch) -> float:
            if made.step == stop_at:
                raise KeyboardInterrupt
            return learn(batch)

        monkeypatch.setattr(made, "_learn", until)
        return made

    def steps() -> list[int]:
        return [int(line.split("\t")[0]) for line in (tmp_path / "curve.tsv").read_text().splitlines()]

    with pytest.raises(KeyboardInterrupt):
        trainer(PLAN, stop_at=17).run()
    assert steps() == [5, 10, 15]
    with pytest.raises(KeyboardInterrupt):
        trainer(PLAN, stop_at=10).run()  # the first step that it makes
    trainer(PLAN).run()
    assert steps() == [5, 10, 15, 20, 25, 30]
    assert (tmp_path / "final.pt").exists()
    with pytest.raises(KeyboardInterrupt):
        trainer(replace(PLAN, boost=0.5), stop_at=6).run()
    assert steps() == [5]
    assert not (tmp_path / "final.pt").exists()
