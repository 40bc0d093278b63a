"""`python -m training.ears.sources`: all utterances to train on, as WAV files and one table, manifest.tsv.

Takes what Debian's packages hold, what their engines say, and the recordings' folder where there is one. Audio that
is already made is kept; the table is written anew.
"""

import argparse
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from wordfreq import top_n_list

from ivr import data
from training.ears import manifest
from training.ears.manifest import CACHE, CHECKOUT, Utterance
from training.ears.speakers import espeak, festival, festvox, garbage, people, rhvoice
from training.ears.texts import wordings
from training.ears.texts.callers import Caller
from training.ears.words.speaking import Speaking

RECORDINGS = CHECKOUT.parent / "shared" / "speech"
SEED = 1
FREQUENT = 12_000
"""Words of Russian that are said for their sounds."""


def main() -> None:
    """Parses the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--recordings", type=Path, default=RECORDINGS, help="folder of rhvoice.tsv and human.tsv"
    )
    parser.add_argument("--out", type=Path, default=CACHE, help="folder of manifest.tsv and audio/")
    parser.add_argument("--espeak", type=int, default=6000, help="utterances of espeak-ng")
    parser.add_argument("--festival", type=int, default=4000, help="utterances of Festival")
    parser.add_argument("--rhvoice", type=int, default=4000, help="utterances of RHVoice's Russian voices")
    parser.add_argument(
        "--accented", type=int, default=5000, help="utterances of RHVoice's voices of other languages"
    )
    parser.add_argument("--czech", type=int, default=3600, help="utterances of Festival's Czech voices")
    parser.add_argument(
        "--western", type=int, default=5400, help="utterances of its American, Italian and Catalan voices"
    )
    options = parser.parse_args()
    audio = options.out / "audio"
    speaking = Speaking.load()
    rows = recorded(options.recordings, audio) + garbage.foreign(audio / "foreign", garbage.FOREIGN)
    rows += garbage.effects(audio / "effects")
    caller = Caller(_wordings(speaking), SEED)
    texts = caller.texts()
    rows += festival.man(audio / "festival", list(islice(texts, options.festival)), speaking, SEED)
    rows += espeak.spoken(audio / "espeak", list(islice(texts, options.espeak)), speaking, SEED)
    engine, more = rhvoice.Engine(options.out / "rhvoice"), _mixed(texts, caller.words())
    rows += rhvoice.russian(engine, audio / "rhvoice", list(islice(more, options.rhvoice)), speaking, SEED)
    rows += rhvoice.accented(engine, audio / "rhvoice", list(islice(more, options.accented)), speaking, SEED)
    rows += festival.czech(audio / "czech", list(islice(more, options.czech)), speaking, SEED)
    rows += festival.western(audio / "western", list(islice(more, options.western)), speaking, SEED)
    kept = trained(rows, speaking)
    kept += people.numbers(kept)
    print(manifest.told(kept))
    manifest.write(options.out / "manifest.tsv", kept)


def _mixed(texts: Iterator[str], words: Iterator[str]) -> Iterator[str]:
    """Two of all kinds, then one of words alone."""
    while True:
        yield from (next(texts), next(texts), next(words))


def recorded(recordings: Path, audio: Path) -> list[Utterance]:
    """People, and RHVoice, the held-out speakers too."""
    rows = festvox.utterances(audio / "man") + people.asterisk(audio / "woman")
    for kind in people.TABLES:
        if (recordings / f"{kind}.tsv").exists():
            rows += people.recorded(recordings, audio / kind, kind)
        else:
            print(f"{recordings / kind}.tsv is not there: trained without it")
    return rows


def trained(rows: Iterable[Utterance], speaking: Speaking) -> list[Utterance]:
    """Without the held-out speakers, and without words that the lexicon cannot pronounce."""
    return [
        row
        for row in rows
        if row.speaker not in people.HELD_OUT
        and (row.kind != "words" or all(speaking.known(word) for word in row.text.split()))
    ]


def _wordings(speaking: Speaking) -> wordings.Wordings:
    sentences = festvox.sentences().values()
    return wordings.load(data.grammars(), speaking, sentences, top_n_list("ru", FREQUENT))


if __name__ == "__main__":
    main()
