"""Russian words as entries of a Festival lexicon: syllables in the phones of another language, stressed (1) or not.

A voice that reads no Russian letters says them with an accent so; «один» for an Italian one:
`(((a) 0) ((d i1 n) 1))`.
"""

from collections.abc import Mapping, Sequence

from training.ears.texts.numbers_said import spaced
from training.ears.words.phones import (
    HARD_CONSONANTS,
    OTHER_CONSONANTS,
    SOFT_CONSONANTS,
    STRESSED_VOWELS,
    VOWELS,
)

_OURS = (*VOWELS, *HARD_CONSONANTS, *OTHER_CONSONANTS)
_RADIO = spaced("aa ao uw iy ih eh ah ah iy ih uw b v g d z k l m n p r s t f hh zh sh t+s ch sh y")
_ENGLISH = dict(zip(_OURS, _RADIO, strict=True))
_IFD = spaced("a1 o1 u1 i1 i1 e1 a a i i u b v g d z k l m n p r s t f k dZ S ts tS S j")
_ITALIAN = dict(zip(_OURS, _IFD, strict=True)) | {"nn": "J", "ll": "L"}
_UPC = spaced("a1 o1 u1 i1 i1 e1 a ax i i u b v g d z k l m n p r s t f k Z S t+s t+S S j")
_CATALAN = dict(zip(_OURS, _UPC, strict=True)) | {"v": "b", "nn": "J", "ll": "L"}


def english(phones: Sequence[str]) -> str:
    """For the American voices, in the phones of CMU's lexicon."""
    return _entry(phones, _ENGLISH)


def italian(phones: Sequence[str]) -> str:
    """For the Italian ones, in those of IFD's; «х» is not among them, and «к» stands for it."""
    return _entry(phones, _ITALIAN)


def catalan(phones: Sequence[str]) -> str:
    """For the Catalan one, in those of UPC's; neither «х» nor «в» is among them: «к» and «б» stand for them."""
    return _entry(phones, _CATALAN)


def _entry(phones: Sequence[str], table: Mapping[str, str]) -> str:
    """Consonants belong to the vowel behind them, a word's last ones to the one before."""
    syllables, stresses, onset = [], [], ""
    for phone, after in zip(phones, (*phones[1:], ""), strict=True):
        onset += _said(phone, after, table)
        if phone in VOWELS:
            syllables.append(onset)
            stresses.append(int(phone in STRESSED_VOWELS))
            onset = ""
    if onset and not syllables:
        return f"((({onset.strip()}) 0))"
    if onset:
        syllables[-1] += onset
    parts = (f"(({one.strip()}) {stress})" for one, stress in zip(syllables, stresses, strict=True))
    return f"({' '.join(parts)})"


def _said(phone: str, after: str, table: Mapping[str, str]) -> str:
    """A phone, each of its own with a space behind it.

    A soft consonant has a glide before а, о and у, if it is not one phone there; before none of the vowels it is
    hard, and «й» a vowel: these voices have no sound of such pairs and would say another.
    """
    if phone in SOFT_CONSONANTS and (phone not in table or after not in VOWELS):
        glide = f"{table['j']} " if after in VOWELS and after not in ("ii", "i") else ""
        return f"{table[phone[0]]} {glide}"
    said = table["i"] if phone == "j" and after not in VOWELS else table[phone]
    return said.replace("+", " ") + " "
