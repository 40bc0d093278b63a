"""What Russian spells otherwise than it says: irregular words, silent consonants, borrowed words with a hard т, д, н.

Works on words whose stressed vowels are capitals, and leaves them spelt as they sound.
"""

import re

_SAID = """
что што, чтобы штобы, чтоб штоб, ничто ништо, конечно конешно, скучно скушно, скучный скушный, нарочно нарошно,
яичница яишница, его ево, итого итово, помощник помошник, помощника помошника, бог бох, сейчас сичас,
прачечная прачешная, двоечник двоешник
"""
_WHOLE = dict(pair.split() for pair in _SAID.split(","))
"""Word → as it is said; stress is carried over, for the vowels are as many."""

_NAMED_G = "много немного намного дорого недорого задорого строго нестрого убого полого отлого лого диего"
_KEPT_G = frozenset(_NAMED_G.split())
"""Adverbs and nouns on -ого whose г is said."""

_CLUSTERS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"шестьдес", "шезьдес"),
        (r"([кК][оО][еЕ])(что)", r"\1што"),
        (r"^сег([оО])дн", r"сев\1дн"),
        (r"(тьс|тс)я$", "ца"),
        (r"([чЧ][уУ]|здр[аА]|безм[оО]л)вств", r"\1ств"),
        (r"стн", "сн"),
        (r"здн", "зн"),
        (r"стьс", "сс"),
        (r"лнц", "нц"),
        (r"рдц", "рц"),
        (r"рдч", "рч"),
        (r"стл(?=[иИ]в)", "сл"),
        (r"([нс])[тд]ск", r"\1ск"),
        (r"(?<=[лн])[тд]ств", "цтв"),
        (r"ст[чщ]|здч", "щ"),
        (r"[сзж]ч|шч|сщ", "щ"),
        (r"[сз]ш", "ш"),
        (r"[сз]ж", "ж"),
        (r"[тд]ч", "ч"),
        (r"[тд]ь?ц", "ц"),
        (r"(?<!^[оО])(?<!^п[оО])(?<!^н[аА])(?<!^п[рР][еЕ])[тд]ск", "цк"),
        (r"(?<!^[оО])[тд]ств", "цтв"),
        (r"г(?=к|ч[еЕ])", "х"),
        (r"тщ", "чщ"),
    )
)

_BORROWED = """
(инт)е(рнет) (инт[еэ]рн)е(т) ^(т)е(ст) ^(от)е(л) (мод)е(л) (компьют)е(р) (м)е(недж) (бизн)е(с) ^(т)е(ндер)
(т[еэ]нд)е(р) ^(код)е(кс) ^(инд)е(кс) ^(каф)е$ (шосс)е$ ^(ант)е(нн) ^(ст)е(нд) (инт)е(рвью) ^(д)е(бет) ^(д)е(льт)
^(инт)е(рьер) ^(куп)е$ ^(прот)е(з) ^(р)е(ле$) ^(р[еэ]л)е$ (резюм)е$ ^(т)е(з)ис ^(т)е(ннис) ^(д)е(тект) ^(д[еэ]т)е(кт)
^(т)е(нденц) (принт)е(р) (скан)е(р) (лаз)е(р) ^(в)е(б) (свит)е(р) (ат)е(ль) (стр)е(сс) (фитн)е(с) (с)е(рвис)
(т)е(рмос) (пют)е(р) (м[еэ]н)е(дж) (син)е(нерг) (рейт)е(р)
"""
_HARD_BEFORE_E = tuple(map(re.compile, _BORROWED.split()))
"""In lower case; the consonant before the е that is between the groups is hard."""


def respell(word: str) -> str:
    """The word as it sounds."""
    bare = word.lower()
    if bare in _WHOLE:
        word = _carry(word, _WHOLE[bare])
    elif len(word) > 3 and re.search("[оОеЕ]г[оО]$", word) and bare not in _KEPT_G:
        word = word[:-2] + "в" + word[-1]
    for pattern in _HARD_BEFORE_E:
        word = _hardened(pattern, word)
    for cluster, replacement in _CLUSTERS:
        word = cluster.sub(replacement, word)
    return word


def _carry(word: str, said: str) -> str:
    """The stress of `word` put on the same vowel of `said`."""
    vowels = iter([sign.isupper() for sign in word if sign.lower() in "аоуыэеёюяи"])
    return "".join(sign.upper() if sign in "аоуыэеёюяи" and next(vowels) else sign for sign in said)


def _hardened(pattern: re.Pattern[str], word: str) -> str:
    found = pattern.search(word.lower())
    if not found:
        return word
    place = found.end(1)
    return word[:place] + ("Э" if word[place].isupper() else "э") + word[place + 1 :]
