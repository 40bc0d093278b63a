"""Russian spelling to sound: one word with its stress marked to phones, as a careful speaker says it.

The input is lower case with "+" before the stressed vowel; ё is stressed wherever it stands; a word of one
vowel needs no mark, and "-" before it takes the stress away («-не»). Steps: exceptions of spelling, clusters,
voice, softness, vowels.
"""

import re

from training.ears.words import respelling
from training.ears.words.phones import HARD_CONSONANTS, OTHER_CONSONANTS
from training.ears.words.phones import VOWELS as VOWEL_PHONES

VOWELS = "аоуыэеёюяи"
_SOFTENING = "ьеёюяи"
_IOTATED = {"е": "э", "ё": "о", "ю": "у", "я": "а"}
_ALWAYS_HARD, _ALWAYS_SOFT = "жшц", "чщй"
PHONE_OF = {
    **dict(zip("бвгдзклмнпрстфх", HARD_CONSONANTS, strict=True)),
    **dict(zip("жшцчщй", OTHER_CONSONANTS, strict=True)),
}
"""Consonant letter → its phone, hard where it can be either."""
_STRESSED = {"а": "aa", "о": "oo", "у": "uu", "и": "ii", "ы": "yy", "э": "ee"}
_DEVOICED = dict(zip("бвгдзж", "пфктсш", strict=True))
_VOICED = dict(zip("пфктсш", "бвгдзж", strict=True))
_ENDINGS_AX = ("ям", "ями", "ях", "ам", "ами", "ах")
"""Case endings whose vowel after a soft consonant stays open: «показаниям», «тысячами»."""


def marked(stressed: str) -> str:
    """The word with each stressed vowel as a capital: «счётч+ик» → «счЁтчИк»; a single vowel is stressed."""
    word = re.sub(r"\+(.)", lambda found: found[1].upper(), stressed).replace("ё", "Ё")
    if not any(sign.isupper() for sign in word) and sum(sign in VOWELS for sign in word) == 1:
        word = "".join(sign.upper() if sign in VOWELS else sign for sign in word)
    return word


def pronounce(stressed: str) -> tuple[str, ...]:
    """The phones of a word by the rules, exceptions of spelling included."""
    if stressed.startswith("-"):
        return sounds(respelling.respell(stressed[1:]))
    return sounds(respelling.respell(marked(stressed)))


def sounds(word: str) -> tuple[str, ...]:
    """The phones of a word spelt as it is said, stressed vowels as capitals."""
    letters = _voiced(list(re.sub(r"([бвгджзклмнпрстфхцчшщ])\1", r"\1", word)))
    phones: list[str] = []
    stress = max((place for place, sign in enumerate(letters) if sign.isupper()), default=len(letters))
    nuclei = [place for place, sign in enumerate(letters) if sign.lower() in VOWELS]
    pretonic = max((place for place in nuclei if place < stress), default=-1)
    for place, letter in enumerate(letters):
        if letter.lower() in VOWELS:
            phones += _vowel(letters, place, open_=place == pretonic and stress < len(letters))
        elif letter in PHONE_OF:
            phones.append(_consonant(letters, place))
    return _single(phones)


def _single(phones: list[str]) -> tuple[str, ...]:
    """A doubled consonant is one, soft if its end is («подьдержка»): a phone can be held as long as one likes."""
    pairs = zip(phones, [*phones[1:], ""], strict=True)
    return tuple(one for one, after in pairs if one in VOWEL_PHONES or after not in (one, 2 * one))


def _voiced(letters: list[str]) -> list[str]:
    """Voice passes from right to left, and is lost at the end; в passes none on, but loses its own."""
    following = ""
    for place in range(len(letters) - 1, -1, -1):
        letter = letters[place]
        if letter in "ьъ":
            continue
        if letter in _DEVOICED and (not following or following in "пфктсшхцчщ"):
            letters[place] = _DEVOICED[letter]
        elif letter in _VOICED and following and following in "бгдзж":
            letters[place] = _VOICED[letter]
        following = letters[place]
    return letters


def _soft(letters: list[str], place: int) -> bool:
    """Whether the consonant here is soft: by its own sign, or a dental before a soft dental, н before ч and щ."""
    letter = letters[place]
    if letter in _ALWAYS_SOFT:
        return True
    if letter in _ALWAYS_HARD:
        return False
    after = letters[place + 1].lower() if place + 1 < len(letters) else ""
    if not after or after in "ъй":
        return False
    if after in _SOFTENING:
        return True
    if after in PHONE_OF and ((letter in "сзтдн" and after in "сзтдн") or letter == after):
        return _soft(letters, place + 1)
    return letter == "н" and after in "чщ"


def _consonant(letters: list[str], place: int) -> str:
    letter = letters[place]
    phone = PHONE_OF[letter]
    return phone if letter in _ALWAYS_HARD + _ALWAYS_SOFT or not _soft(letters, place) else 2 * phone


def _vowel(letters: list[str], place: int, open_: bool) -> list[str]:
    """The phones of a vowel, j before it included. `open_`: it stands just before the stressed one."""
    letter = letters[place]
    vowel, before = letter.lower(), letters[place - 1].lower() if place else ""
    phones = []
    if (vowel in _IOTATED and (not before or before in "ьъ" + VOWELS)) or (vowel in "ио" and before == "ь"):
        phones.append("j")
    softened = (vowel in "еёюяи" and (not before or before not in _ALWAYS_HARD)) or (
        before != "" and before in _ALWAYS_SOFT
    )
    vowel = _IOTATED.get(vowel, vowel)
    if vowel == "и" and before and before in _ALWAYS_HARD:
        vowel = "ы"
    if letter.isupper():
        return [*phones, _STRESSED[vowel]]
    return [*phones, _reduced(letters, place, vowel, softened, open_)]


def _reduced(letters: list[str], place: int, vowel: str, softened: bool, open_: bool) -> str:
    """An unstressed vowel; `vowel` is one of аоуыэи, ё aside."""
    if vowel in "уы":
        return {"у": "u", "ы": "y"}[vowel]
    if vowel in "эи":
        return "i" if softened or not place or vowel == "и" else "y"
    rest = "".join(letters[place:]).lower()
    after_stress = any(sign.isupper() for sign in letters[:place])
    if softened:
        return "ax" if len(rest) == 1 or (after_stress and rest in _ENDINGS_AX) else "i"
    before_vowel = not after_stress and len(rest) > 1 and rest[1] in VOWELS
    return "a" if not place or open_ or before_vowel else "ax"
