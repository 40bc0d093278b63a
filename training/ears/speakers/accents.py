"""Russian spelt for engines of other languages: their voices say it with an accent, as some callers do.

Words are spelt as they sound, from their phones, stress marked by U+0301 behind the vowel.
"""

import re
from collections.abc import Sequence

from training.ears.texts.numbers_said import spaced
from training.ears.words.phones import (
    HARD_CONSONANTS,
    OTHER_CONSONANTS,
    SOFT_CONSONANTS,
    STRESSED_VOWELS,
    VOWELS,
)
from training.ears.words.pronounce import PHONE_OF

STRESS = "\u0301"
_HARD_AND_VOWELS = (*HARD_CONSONANTS, *OTHER_CONSONANTS, *VOWELS)
_LETTERS = {phone: letter for letter, phone in PHONE_OF.items()}
_VOWEL_LETTERS = dict(zip(VOWELS, "аоуиыэааиыу", strict=True))
_AFTER_SOFT = dict(zip("аоуэ", "яёюе", strict=True))
_UKRAINIAN = str.maketrans({"и": "і", "ы": "и", "е": "є", "э": "е", "ё": "йо", "г": "ґ", "ъ": "'"})
_ESPERANTO = dict(zip(_HARD_AND_VOWELS, "bvgdzklmnprstfĥĵŝcĉŝjaouiieaaiiu", strict=True))
_CZECH_LETTERS = spaced("b v g d z k l m n p r s t f ch ž š c č šč j á ó ú í ý é a a i y u")
_CZECH = dict(zip(_HARD_AND_VOWELS, _CZECH_LETTERS, strict=True))
_CZECH_SOFT = dict(zip("dtn", "ďťň", strict=True))


def acute(marked: str) -> str:
    """The text with its stress as these engines and espeak-ng have it: «з+амок» → «за́мок»."""
    return re.sub(r"\+(.)", rf"\1{STRESS}", marked)


def kyrgyz(phones: Sequence[str]) -> str:
    """Russian letters: «четыре» → «читы́ри»."""
    spelt = ""
    for place, phone in enumerate(phones):
        before, after = _beside(phones, place)
        if phone in VOWELS:
            letter = _VOWEL_LETTERS[phone]
            soft = before in SOFT_CONSONANTS or before == "j"
            spelt += _AFTER_SOFT.get(letter, letter) if soft else letter
            spelt += STRESS * (phone in STRESSED_VOWELS)
        elif phone == "j" and after in VOWELS:
            spelt += "ъ" * (before != "" and before not in VOWELS)
        else:
            spelt += _LETTERS[_plain(phone)] + "ь" * (phone in SOFT_CONSONANTS and after not in VOWELS)
    return spelt


def ukrainian(phones: Sequence[str]) -> str:
    """Ukrainian letters: «четыре» → «чіти́рі»."""
    return re.sub("(?<=[бвгдзклмнпрстфх])ё", "ьо", kyrgyz(phones)).translate(_UKRAINIAN)


def esperanto(phones: Sequence[str]) -> str:
    """Latin letters, nothing soft; stress is the engine's: «четыре» → «ĉitiri»."""
    return "".join(_ESPERANTO[_plain(phone)] for phone in phones)


def czech(phones: Sequence[str]) -> str:
    """Czech letters, stressed vowels long: «четыре» → «čitýri».

    д, т and н keep their softness everywhere, other consonants before a vowel alone.
    """
    spelt = ""
    for place, phone in enumerate(phones):
        _, after = _beside(phones, place)
        if phone not in SOFT_CONSONANTS or after in ("ii", "i"):
            spelt += _CZECH[_plain(phone)]
        else:
            plain = _plain(phone)
            spelt += _CZECH_SOFT.get(plain) or _CZECH[plain] + "j" * (after in VOWELS)
    return spelt


def _plain(phone: str) -> str:
    """The hard consonant of a soft one."""
    return phone[0] if phone in SOFT_CONSONANTS else phone


def _beside(phones: Sequence[str], place: int) -> tuple[str, str]:
    """The phones before and after; empty at an end."""
    return phones[place - 1] if place else "", phones[place + 1] if place + 1 < len(phones) else ""
