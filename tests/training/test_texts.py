"""What callers are made to say: words only, the same for a seed, every number word among them."""

import random
import re
from collections import Counter
from itertools import islice

import pytest

from ivr import data
from training.ears.texts import odd_words, wordings
from training.ears.texts.callers import Caller
from training.ears.texts.draws import Draws
from training.ears.texts.number_texts import NumberTexts
from training.ears.texts.numbers_said import HUNDREDS, PLAIN, TENS, UNITS, cardinal, counted, digits, group
from training.ears.texts.wordings import Wordings
from training.ears.words.speaking import Speaking

LIKE = Wordings(["оператор"], [["да"], ["нет"]], [["назад"]], [["нет света"]], words=["слон", "мышь"])
SAID = re.compile("[а-яё+]+(,? [а-яё+]+)*")

needs_dictionaries = needs_festvox = pytest.mark.training_data


def said(seed: int, count: int) -> list[str]:
    return list(islice(Caller(LIKE, seed).texts(), count))


def test_a_seed_says_the_same_and_another_seed_says_something_else() -> None:
    assert said(7, 300) == said(7, 300)
    assert said(7, 300) != said(8, 300)


def test_words_alone_are_no_strings_of_digits() -> None:
    texts = list(islice(Caller(LIKE, 1).words(), 500))
    assert {"оператор", "да", "назад", "нет света"} <= {wordings.bare(text) for text in texts}
    assert not [text for text in texts if {*wordings.bare(text).split()} <= {*UNITS}]


def test_texts_are_words_and_pauses() -> None:
    assert [text for text in said(1, 3000) if not SAID.fullmatch(text)] == []


def test_every_number_word_is_said_and_none_much_rarer_than_its_kin() -> None:
    heard = Counter(
        word for text in islice(Caller(LIKE, 1).numbers(), 8000) for word in wordings.bare(text).split()
    )
    forms = {word for text in odd_words.FORMS for word in text.split()}
    assert [word for word in {*PLAIN, *odd_words.DIGIT_NOUNS, *forms} if not heard[word]] == []
    for kin in (UNITS[:10], UNITS[10:], TENS, HUNDREDS):
        counts = [heard[word] for word in kin]
        assert max(counts) < 3 * min(counts), kin


def test_two_fifths_are_digits() -> None:
    digit = {*UNITS[:11], *odd_words.DIGIT_NOUNS, "нуль", "одна", "одно", "две", "запятая", "точка"}
    around = {word for text in (*odd_words.BEFORE, *odd_words.AFTER) for word in text.split()}
    texts = [wordings.bare(text).split() for text in said(1, 5000)]
    share = sum(set(words) <= digit | around and bool(digit.intersection(words)) for words in texts) / len(
        texts
    )
    assert 0.35 < share < 0.55


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "ноль"),
        (12, "двенадцать"),
        (40, "сорок"),
        (101, "сто один"),
        (1001, "одна тысяча один"),
        (2000, "две тысячи"),
        (12_345, "двенадцать тысяч триста сорок пять"),
        (21_512, "двадцать одна тысяча пятьсот двенадцать"),
        (900_090, "девятьсот тысяч девяносто"),
        (2_000_011, "два миллиона одиннадцать"),
    ],
)
def test_cardinals(value: int, words: str) -> None:
    assert " ".join(cardinal(value)) == words


def test_a_bare_thousand_and_what_is_counted() -> None:
    assert " ".join(cardinal(1200, bare_thousand=True)) == "тысяча двести"
    assert " ".join(counted(21, ("рубль", "рубля", "рублей"))) == "двадцать один рубль"
    assert " ".join(counted(12, ("копейка", "копейки", "копеек"), feminine=True)) == "двенадцать копеек"
    with pytest.raises(ValueError, match="-1"):
        cardinal(-1)


def test_leading_zeros_are_said() -> None:
    assert group("007") == ["ноль", "ноль", "семь"]
    assert group("050") == ["ноль", "пятьдесят"]
    assert group("000") == ["ноль"] * 3
    assert digits("105") == ["один", "ноль", "пять"]


def test_numbers_draw_no_word_of_other_kinds() -> None:
    numbers = NumberTexts(Draws(3))
    assert all(set(wordings.bare(numbers.even()).split()) & {"оператор", "слон"} == set() for _ in range(200))


def test_a_bag_is_emptied_before_anything_is_drawn_again() -> None:
    draws = Draws(1)
    assert sorted(draws.next("x", "абвгд") for _ in range(5)) == sorted("абвгд")


@needs_dictionaries
def test_all_can_be_pronounced() -> None:
    speaking = Speaking.load()
    loaded = wordings.load(
        data.grammars(), speaking, ["Мороз и с+олнце, - день чудесный!", "Ему 15 лет."], ["слон", "ъъъ"]
    )
    assert loaded.read == ["мороз и с+олнце, день чудесный"]
    assert loaded.words == ["слон"]
    texts = list(islice(Caller(loaded, 1).texts(), 3000))
    assert [text for text in texts if not SAID.fullmatch(text)] == []
    assert {
        word for text in texts for word in re.findall("[а-яё+]+", text) if not speaking.known(word)
    } == set()


@needs_festvox
def test_what_engines_are_given_is_stressed_and_sometimes_reduced_as_the_lexicon_has_it() -> None:
    speaking = Speaking.load()
    assert speaking.marked("счётчик, сорок пять") == "сч+ётчик, с+орок п+ять"
    rng = random.Random(1)
    ways = {speaking.reduced("пятьдесят", rng) for _ in range(200)}
    assert {"пятьдес+ят", "пийс+ят"} <= ways
    lexicon = speaking.lexicon
    assert all(lexicon.ways(way)[0] in lexicon.ways("пятьдесят") for way in ways)
