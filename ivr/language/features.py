"""What of an utterance the model of topics looks at: named features, each with its weight in the utterance.

Word forms fall together by their dictionary form, denied words are marked, words torn apart or misheard by a
recogniser are mended by their sound, words of one kin («кнопка», «клавиша») share a feature. A feature's name begins
with its kind (`WEIGHTS`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz, process

from ivr.language.forms import Form, Forms, sound
from ivr.language.grammar import Grammar
from ivr.language.text import HESITATIONS, words

WEIGHTS = {
    "w": 1.0,  # word, by its dictionary form
    "n": 0.7,  # denied word
    "v": 0.7,  # verb with its form: «перепрограммировали» is not «перепрограммируйте»
    "m": 0.3,  # some verb of this form
    "b": 0.5,  # two neighbours
    "s": 0.3,  # two words near each other, in either order
    "k": 1.0,  # kin of words
    "kn": 0.7,  # denied kin
    "kv": 0.6,  # kin with the verb's form
    "kk": 0.4,  # two kins near each other
    "c": 0.3,  # letters of the sound
    "e": 0.5,  # word of a long story's end
    "ke": 0.5,  # kin of a long story's end
    "p": 0.7,  # phrase of a grammar
    "l": 0.3,  # length
    "u": 0.5,  # how much of it is of no kin
    "x": 0.5,  # how much of it is other people's business
}
SMALL = 0.4
"""What a small word weighs, beside a full one."""
STORY, END = 12, 8
"""Words from which an utterance is a story, and the words of its end."""
HEARD, JOINED = 78, 82
"""How alike (of 100) the sounds of an unknown word and of the one it is taken for must be; of one torn apart."""
KEPT = 1_000
"""Mended words that are remembered."""
LOOK_UPS = 12
"""So many words of one utterance are looked up by likeness: whoever says more that nobody knows is not understood."""
NEAR = 4
"""Words between which two kins make a pair."""
FOREIGN = "x_"
"""Kins of words that are other people's business begin so."""

SMALL_WORDS = frozenset(
    words(
        "а и но да же ли бы то в на по у с со к ко о об из за от до для при про над под это этот тот там тут как что"
        " чтобы чтоб уж уже еще мне нам я мы ты вы он она они его ее их мой наш ваш свой меня нас вас быть мочь"
    )
)
_DENIAL = frozenset(("не", "ни", "без"))
_DENIED = 3
"""Full words after a denial that it may deny."""
_CONTRARY = frozenset(("а", "но", "зато", "только"))
"""Where a denial ends."""
_NEEDLESS = frozenset(words("надо нужно нужный нужен хотеть чему требоваться интересовать надобность"))
"""Denied, they deny what stands before them."""
_FACT = frozenset(("", "past", "pres", "pres1"))
_NUMBER = "#"
_DIGITS = re.compile(r"\d+")
_GLUED = re.compile("на|по|за|из|от|до|без|для|не|во|со|в|с|к|у|о")


@dataclass(frozen=True)
class Lexicon:
    """What the examples taught about words."""

    kins: Mapping[tuple[str, ...], Sequence[str]]
    """Dictionary forms of a word or a phrase → its kins."""
    sounds: Mapping[str, str]
    """Sound → the word that is meant, of the words that callers use."""


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    form: Form
    denied: bool = False

    @property
    def lemma(self) -> str:
        return self.form.lemma

    @property
    def small(self) -> bool:
        return self.form.lemma in SMALL_WORDS


@dataclass(frozen=True, slots=True)
class _Kin:
    place: int
    name: str
    word: _Word

    @property
    def sign(self) -> str:
        return f"!{self.name}" if self.word.denied else self.name


class Features:
    """The way from an utterance to its features; it is the same in training and on the line."""

    def __init__(self, forms: Forms, lexicon: Lexicon, grammars: Sequence[Grammar]) -> None:
        self.forms = forms
        self._kins, self._sounds, self._grammars = lexicon.kins, lexicon.sounds, grammars
        self._longest = max(map(len, lexicon.kins), default=0)
        self._heard, self._said = (
            list(lexicon.sounds),
            frozenset(word for word in lexicon.sounds.values() if len(word) > 7),
        )
        self._letters = lru_cache(200)(_letters)
        self._mended = lru_cache(8)(self._mend)
        self._nearest: dict[tuple[str, float], str] = {}

    def of(self, text: str) -> dict[str, float]:
        """Feature → weight, the whole of length 1. Bounded by the text's normal length; never raises."""
        said = _said(text)
        heard = _denied(self._mended(said))
        kins = list(self._kins_of(heard))
        found: dict[str, float] = {}
        for kind, name, share in (
            *_of_words(heard),
            *_of_neighbours(heard),
            *_of_kins(kins, len(heard)),
            *_of_shares(heard, kins),
            *self._of_letters(said),
            *self._of_phrases(tuple(word.text for word in heard)),
            ("l", str(min(len(said), 3) if len(said) < 4 else len(bin(len(said)))), 1.0),
        ):
            weight = WEIGHTS[kind] * share
            feature = f"{kind}:{name}"
            if weight > found.get(feature, 0.0):
                found[feature] = weight
        length = sum(weight * weight for weight in found.values()) ** 0.5
        return {feature: weight / length for feature, weight in found.items()}

    def mended(self, text: str) -> str:
        """The utterance, what was torn apart joined and what was misheard replaced by what it sounds like."""
        return " ".join(word.text for word in self._mended(_said(text)))

    def torn(self, text: str) -> bool:
        """Whether mending only joined what was torn apart, or put one letter for another that sounds the same."""
        said = _said(text)
        return sound("".join(said)) == sound("".join(word.text for word in self._mended(said)))

    def told(self, text: str) -> set[str]:
        """The kins of what is told as a fact: not denied, wished or feared («когда деньги кончатся»)."""
        kins = self._kins_of(_denied(self._mended(_said(text))))
        return {kin.name for kin in kins if not kin.word.denied and kin.word.form.verb in _FACT}

    def _mend(self, said: tuple[str, ...]) -> list[_Word]:
        mended: list[_Word] = []
        place = 0
        left = [LOOK_UPS]
        while place < len(said):
            count, word = next(self._joined(said, place, left), (1, said[place]))
            for part in self._meant(word, left) if count == 1 else (word,):
                mended.append(_Word(part, self._form(part)))
            place += count
        return mended

    def _form(self, word: str) -> Form:
        return Form(_NUMBER, "") if word == _NUMBER else self.forms.of(word)

    def _joined(self, said: Sequence[str], place: int, left: list[int]) -> Iterator[tuple[int, str]]:
        """Neighbours that are one word torn apart: «пока зания», «пере программи рование»."""
        lengths = [len(part) for part in said[place : place + 3]]
        known = [self.forms.known(part) for part in said[place : place + 3]]
        for count in range(len(lengths), 1, -1):
            if sum(lengths[:count]) < 5 or not _DENIAL.isdisjoint(said[place : place + count]):
                continue  # «фонарь не горит» is no «фонарный горит»
            joined = "".join(said[place : place + count])
            sound_words = all(known[:count])
            if sound_words and (min(lengths[:2]) > 3 if count == 2 else max(lengths) > 4):
                if joined in self._said:
                    yield count, joined  # «опера тором»
            elif meant := self._sounds.get(sound(joined)):
                yield count, meant
            elif len(joined) > 6 and self.forms.known(joined):
                yield count, joined
            elif len(joined) > 8 and not sound_words and (word := self._near(joined, JOINED, left)) != joined:
                yield count, word

    def _meant(self, word: str, left: list[int]) -> tuple[str, ...]:
        """What a word was meant to be: itself, one that sounds like it, or a small word and another."""
        if _DIGITS.fullmatch(word):
            return (_NUMBER,)
        if self.forms.known(word) or len(word) < 5:
            return (word,)
        if (meant := self._sounds.get(sound(word))) is not None:
            return (meant,)
        if glued := _GLUED.match(word):
            rest = word[glued.end() :]
            if (meant := self._sounds.get(sound(rest))) is not None and len(rest) > 3:
                return (glued.group(), meant)
        return (self._near(word, HEARD, left),)

    def _near(self, word: str, least: float, left: list[int]) -> str:
        """The word of callers that sounds most like it, if it is at least so alike (of 100) and look-ups are left."""
        left[0] -= 1
        if left[0] < 0:
            return word
        if (word, least) not in self._nearest:
            nearest = process.extractOne(sound(word), self._heard, scorer=fuzz.ratio, score_cutoff=least)
            if len(self._nearest) >= KEPT:
                self._nearest.clear()
            self._nearest[word, least] = self._sounds[nearest[0]] if nearest else word
        return self._nearest[word, least]

    def _kins_of(self, heard: Sequence[_Word]) -> Iterator[_Kin]:
        lemmas = [word.lemma for word in heard]
        for place, word in enumerate(heard):
            for end in range(place + 1, min(place + self._longest, len(heard)) + 1):
                for name in self._kins.get(tuple(lemmas[place:end]), ()):
                    yield _Kin(place, name, word)

    def _of_letters(self, said: Sequence[str]) -> Iterator[tuple[str, str, float]]:
        for word in said:
            if self.forms.lemma(word) not in SMALL_WORDS:
                for letters in self._letters(word):
                    yield "c", letters, 1.0

    def _of_phrases(self, said: tuple[str, ...]) -> Iterator[tuple[str, str, float]]:
        for grammar in self._grammars:
            for meaning, _, denied in grammar.spot(said):
                yield "p", ("not." if denied else "") + (meaning or f"{grammar.name}.decoy"), 1.0


def _letters(word: str) -> tuple[str, ...]:
    heard = f"<{sound(word)}>"
    return tuple(heard[start : start + size] for size in (3, 4, 5) for start in range(len(heard) - size + 1))


def _said(text: str) -> tuple[str, ...]:
    return tuple(word for word in words(text) if word not in HESITATIONS)


def _denied(heard: Sequence[_Word]) -> list[_Word]:
    """The words with those marked that «не», «ни», «без» stand before, or «не надо», «ни к чему» after."""
    denied, left = [False] * len(heard), 0
    for place, word in enumerate(heard):
        if word.text in _DENIAL:
            left = _DENIED
            if any({after.text, after.lemma} & _NEEDLESS for after in heard[place + 1 : place + 3]):
                for before in range(max(place - _DENIED, 0), place):
                    denied[before] = True
        elif word.text in _CONTRARY:
            left = 0
        else:
            denied[place] |= left > 0
            left -= left > 0 and (left == 1 or not word.small)
    return [replace(word, denied=mark) for word, mark in zip(heard, denied, strict=True)]


def _of_words(heard: Sequence[_Word]) -> Iterator[tuple[str, str, float]]:
    for word in heard:
        yield "w", word.lemma, SMALL if word.small else 1.0
        if word.denied and not word.small:
            yield "n", word.lemma, 1.0
        if verb := word.form.verb:
            yield "v", f"{word.lemma}.{verb}", 1.0
            yield "m", verb, 1.0
    if len(heard) > STORY:
        for word in heard[-END:]:
            if not word.small:
                yield "e", word.lemma, 1.0


def _of_neighbours(heard: Sequence[_Word]) -> Iterator[tuple[str, str, float]]:
    for first, second in pairwise(["^", *(word.lemma for word in heard), "$"]):
        yield "b", f"{first} {second}", 1.0
    full = [word.lemma for word in heard if not word.small]
    for place, first in enumerate(full):
        for second in full[place + 1 : place + 5]:
            if first != second:
                yield "s", " ".join(sorted((first, second))), 1.0


def _of_kins(kins: Sequence[_Kin], length: int) -> Iterator[tuple[str, str, float]]:
    for kin in kins:
        yield "k", kin.name, 1.0
        if kin.word.denied:
            yield "kn", kin.name, 1.0
        if verb := kin.word.form.verb:
            yield "kv", f"{kin.name}.{verb}", 1.0
        if length > STORY and kin.place >= length - END:
            yield "ke", kin.name, 1.0
    for place, first in enumerate(kins):
        for second in kins[place + 1 : place + 6]:
            if first.name != second.name and second.place - first.place <= NEAR:
                yield "kk", f"{first.sign} {second.sign}", 1.0


def _of_shares(heard: Sequence[_Word], kins: Sequence[_Kin]) -> Iterator[tuple[str, str, float]]:
    covered = {kin.place for kin in kins}
    full = [place for place, word in enumerate(heard) if not word.small]
    size = "short" if len(full) <= 3 else "middle" if len(heard) <= STORY else "story"
    if full:
        share = sum(place not in covered for place in full) / len(full)
        yield "u", str(-int(-share * 3) + (share == 1)), 1.0
    foreign = sum(kin.name.startswith(FOREIGN) for kin in kins)
    own = len({kin.name for kin in kins if not kin.name.startswith(FOREIGN)})
    yield "x", str(min(foreign, 3)), 1.0
    yield "x", f"{min(foreign, 2)}.{size}", 1.0
    if foreign > own:
        yield "x", "more", 1.0
