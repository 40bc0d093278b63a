"""The graphs that Vosk composes at run time: HCLr.fst (words as phones) and Gr.fst (which words follow which).

    python -m training.ears.graph MODEL_FOLDER      # graph/ alone is made anew, in a minute, without training

Gr.fst serves where no grammar is given at run time. Beside the vocabulary words.txt has `[unk]`, the phone UNK,
and a word for every phone, `<ph:aa>`, that is not in Gr.fst: a grammar of these hears any sounds (for
rejection).
"""

import argparse
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from training.ears.kaldi import bigrams, tree
from training.ears.kaldi.acoustic_model import POSITIONS, phone_id
from training.ears.kaldi.openfst import OpenFst
from training.ears.manifest import CACHE
from training.ears.words import vocabulary
from training.ears.words.lexicon import Lexicon, Way
from training.ears.words.phones import PHONES, SPOKEN, UNKNOWN

UNK_WORD = "[unk]"
UNK_COST = 6.0
"""What hearing `[unk]` costs more than hearing a word. At 2 a stranger's digits were often none of the grammar's
words; what is said in none of them is left to confidences. `evaluate.calibrate` tells what other costs would do."""
UNK_SHARE = 0.005
"""Its probability in Gr.fst."""
_EMPTY = "<eps>"
_KINDS = {"B": "begin", "E": "end", "I": "internal", "S": "singleton"}


def phone_word(phone: str) -> str:
    """The word that is a phone alone."""
    return f"<ph:{phone}>"


def build(
    model: Path,
    ways: Mapping[str, Sequence[Way]],
    probabilities: Mapping[str, float],
    texts: Iterable[Sequence[str]] = (),
    unk_cost: float = UNK_COST,
) -> None:
    """Writes graph/ of a model folder.

    `ways` are the pronunciations of the vocabulary, `probabilities` of the same words sum up to 1; the `texts`,
    as words, say which follow which. Raises OpenFstMissingError.
    """
    graph = model / "graph"
    (graph / "phones").mkdir(parents=True, exist_ok=True)
    everything = {**ways, UNK_WORD: [(UNKNOWN,)], **{phone_word(phone): [(phone,)] for phone in SPOKEN}}
    with tempfile.TemporaryDirectory() as folder:
        fst = OpenFst(Path(folder))
        ids = _words_fst(fst, everything, unk_cost)
        table = "".join(f"{word} {number}\n" for word, number in _numbered(ids))
        (fst.folder / "words.txt").write_text(table, "utf-8")
        _pairs_fst(fst, {**probabilities, UNK_WORD: UNK_SHARE}, ids, texts)
        for name in ("HCLr.fst", "Gr.fst"):
            (graph / name).write_bytes((fst.folder / name).read_bytes())
    (graph / "words.txt").write_text(table, "utf-8")
    (graph / "disambig_tid.int").write_text("")
    places = ["1 nonword"] + [
        f"{phone_id(one, place)} {_KINDS[place]}" for one in PHONES[1:] for place in POSITIONS
    ]
    (graph / "phones" / "word_boundary.int").write_text("\n".join(places) + "\n")


def _numbered(ids: Mapping[str, int]) -> list[tuple[str, int]]:
    return [(_EMPTY, 0), *sorted(ids.items(), key=lambda pair: pair[1])]


def _words_fst(fst: OpenFst, ways: Mapping[str, Sequence[Way]], unk_cost: float) -> dict[str, int]:
    """Makes HCLr.fst; the ids of the words, as its look-ahead numbers them."""
    ids = {word: number for number, word in enumerate(ways, 1)}
    fst.compile(tree.lines(ways, ids, {UNK_WORD: unk_cost}), "hcl.fst")
    fst.run("fstarcsort", "--sort_type=olabel", "hcl.fst", "sorted.fst")
    fst.run(
        "fstconvert", "--fst_type=olabel_lookahead", "--save_relabel_opairs=pairs", "sorted.fst", "HCLr.fst"
    )
    pairs = (line.split() for line in (fst.folder / "pairs").read_text().splitlines())
    renumbered = {int(before): int(after) for before, after in pairs}
    return {word: renumbered[number] for word, number in ids.items()}


def _pairs_fst(
    fst: OpenFst, probabilities: Mapping[str, float], ids: Mapping[str, int], texts: Iterable[Sequence[str]]
) -> None:
    """Makes Gr.fst, with the words inside: Vosk takes them from there where words.txt is missing."""
    fst.compile(bigrams.lines(probabilities, ids, texts), "g.fst")
    fst.run("fstsymbols", "--isymbols=words.txt", "--osymbols=words.txt", "g.fst", "g_words.fst")
    fst.run("fstarcsort", "--sort_type=ilabel", "g_words.fst", "g_sorted.fst")
    fst.run("fstconvert", "--fst_type=const", "g_sorted.fst", "Gr.fst")


def pronunciations(cache: Path = CACHE) -> tuple[dict[str, list[Way]], dict[str, float]]:
    """Ways and probabilities of the whole vocabulary, kept as lexicon.tsv and vocabulary.tsv in the cache.

    Raises UnknownWordsError.
    """
    lexicon = Lexicon.load()
    probabilities = vocabulary.collect(lexicon)
    ways = {word: lexicon.ways(word) for word in probabilities}
    cache.mkdir(parents=True, exist_ok=True)
    said = (f"{word}\t{' '.join(way)}\n" for word in sorted(ways) for way in ways[word])
    (cache / "lexicon.tsv").write_text("".join(said), "utf-8")
    listed = (f"{word}\t{probability:.3g}\n" for word, probability in probabilities.items())
    (cache / "vocabulary.tsv").write_text("".join(listed), "utf-8")
    return ways, probabilities


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", type=Path, help="the model folder, whose graph/ is written")
    parser.add_argument("--unk-cost", type=float, default=UNK_COST, help="what hearing [unk] costs")
    args = parser.parse_args()
    try:
        ways, probabilities = pronunciations()
    except vocabulary.UnknownWordsError as error:
        sys.exit(str(error))
    build(args.model, ways, probabilities, vocabulary.callers(), args.unk_cost)
    size = sum(one.stat().st_size for one in (args.model / "graph").rglob("*") if one.is_file())
    print(f"{len(ways)} words, {sum(map(len, ways.values()))} pronunciations, {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
