"""What the templates spell out are words: «(единиц|единичк)(а|ы)» gives «единичкы» as well, which nobody says.

A phrase of such a word is never heard, and a speech model has to learn it.
"""

from itertools import chain

from pymorphy3 import MorphAnalyzer

from ivr import data
from ivr.language.grammar import load
from ivr.language.number_words import ATOMS
from ivr.language.text import words

SAID = frozenset(
    words(
        # companies, meters
        " красногорскэнергосбыт красногорскэнергосбыта красногорскэнергосбытом мосэнергосбыт мосэнергосбыта"
        " мосэнергосбыту россети россетей россетям сбер сбере кэс кэса лейне милур стк тайпит эльстер энергомера"
        # of electricity
        " двухтарифный двухтарифном трехтарифный трехтарифном многотарифный однофазный однофазная полупик полупику"
        " полупиковая полупиковое полупиковому полупиковую полупиковые полупиковый предоплатный предоплаченный"
        " коротит обнулился оплавился оплавилась перепрограммировка перепрограммировки перепрограммировку"
        " перепрошивка перепрошивки перепрошивку перепрошивать перепрошить перепрошит перепрошили перепрошьют"
        # halves of words, names of letters, what is spelt so in speech alone
        " нибудь точь смарт тэ имейл операторша буквочкам"
        # swearing
        " ебанутые ебать задолбали заебали нахер нахрен оборзели офигели охренели охуели"
    )
)
"""Words that the dictionary lacks."""


def test_templates_spell_out_words():
    morphology = MorphAnalyzer()
    grammars = load(data.grammars()).values()
    phrases = chain.from_iterable(
        chain(*one.phrases.values(), one.decoys, *one.parts.values()) for one in grammars
    )
    spelt = {word for phrase in phrases for word in phrase if word.isalpha()} - ATOMS.keys()
    unknown = {word for word in spelt if not morphology.word_is_known(word)}
    assert unknown == SAID
