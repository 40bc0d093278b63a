"""What each question listens for, and what becomes of words that a model does not know."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
import structlog

from ivr import data
from ivr.language import grammar, text
from ivr.language.number_words import ATOMS
from ivr.speech import model
from ivr.speech.grammars import KINDS, OPEN, Book, Expectation
from ivr.speech.model import UNKNOWN
from ivr.speech.number_grammar import DIGITS
from ivr.telemetry import set_up_logs

ROOT = Path(__file__).parents[3]
GRAMMARS = grammar.load(data.grammars())


class KnowsAll:
    """A model that knows every word but those named."""

    def __init__(self, *lacking: str, run_time_grammars: bool = True) -> None:
        self.files = replace(model.look_at(model.SHIPPED), run_time_grammars=run_time_grammars)
        self._lacking = frozenset(lacking)

    def knows(self, word: str) -> bool:
        return word not in self._lacking


@pytest.fixture
def book() -> Book:
    return Book(KnowsAll(), GRAMMARS)


def test_the_model_knows_every_word_that_is_listened_for(ears):
    unknown = sorted(word for word in ears.book.words() if not ears.model.knows(word))
    assert not unknown, f"{unknown}: `make ears-graph` builds the model's graph with them"


def heard(book, expectation) -> list[set[str]]:
    return [{word for one in side.sentences for word in one} for side in book.sides(expectation)]


@pytest.mark.parametrize("kind", ["number", "yesno", "menu", "everywhere", "place", "more"])
def test_the_words_of_every_question_are_heard_everywhere(book, kind):
    words = heard(book, Expectation(kind))[-1]
    assert {"оператор", "повторите", "назад", "помощь", "пожар", "[unk]"} <= words
    phrases = [phrase for one in GRAMMARS["everywhere"].phrases.values() for phrase in one]
    assert {word for phrase in phrases for word in phrase if word.isalpha()} <= words


def test_a_number_is_heard_digit_by_digit_and_whole(book):
    digits, numbers = heard(book, Expectation("number", digits=5))
    assert digits == {*DIGITS, "[unk]"}
    assert {"ноль", "нуль", "один", "одна", "два", "две", "девять"} <= digits
    assert len(digits) == 15
    assert {
        "пятьдесят",
        "тысяча",
        "тысяч",
        "запятая",
        "целых",
        "десятых",
        "полторы",
        "киловатт",
        "двадцати",
    } <= numbers
    assert {"нет", "ноля", "тройка", "точнее"} <= numbers
    assert {"миллион", "пятая", "пийсят"}.isdisjoint(numbers)
    assert digits <= numbers


@pytest.mark.parametrize(
    ("digits", "has", "lacks"), [(2, "сорок", "триста"), (3, "триста", "тысяч"), (5, "тысяч", "миллион")]
)
def test_a_number_fits_the_register(book, digits, has, lacks):
    words = heard(book, Expectation("number", digits=digits))[1]
    assert has in words
    assert lacks not in words


def test_a_register_of_ten_digits_has_millions(book):
    assert {"миллион", "миллионов"} <= heard(book, Expectation("number", digits=10))[1]


def test_every_number_word_is_one_of_the_parsers(book):
    everywhere = heard(book, Expectation("everywhere"))[0]
    assert heard(book, Expectation("number"))[1] - everywhere <= ATOMS.keys() | {
        "последние",
        "первые",
        "конце",
        "начале",
    }


def test_decoys_are_heard(book):
    (words,) = heard(book, Expectation("menu"))
    assert {"воду", "газ"} <= words


def test_numbers_beside_a_yes(book):
    (without,), (beside,) = (heard(book, Expectation("yesno", numbers=more)) for more in (False, True))
    assert "пятьдесят" not in without
    assert without | {"пятьдесят", "семнадцать"} <= beside


def test_money_and_times(book):
    (words,) = heard(book, Expectation("amount"))
    assert {
        "двести",
        "рублей",
        "минус",
        "копеек",
        "через",
        "дня",
        "послезавтра",
        "пятницы",
        "двадцатого",
    } <= words
    assert {"ноль", "неделю", "декабря", "кончились", "знаю", "оператор"} <= words
    assert {"миллион", "двадцатая"}.isdisjoint(words)


@pytest.mark.parametrize("table", ["moments", "money", "balances"])
def test_most_of_what_is_understood_of_money_and_times_is_listened_for(book, table):
    (words,) = heard(book, Expectation("amount"))
    lines = (ROOT / "tests" / "understanding" / f"{table}.tsv").read_text("utf-8").splitlines()
    said = [spoken for line in lines if not re.search(r"[0-9a-z]", spoken := line.split("\t")[0])]
    known = [one for one in said if set(text.words(one)) <= words]
    assert len(known) / len(said) > {"moments": 0.9, "money": 0.85, "balances": 0.55}[table]


def test_facts_of_the_topics_are_heard_after_a_piece(book):
    (words,) = heard(book, Expectation("more"))
    assert {"дальше", "хватит", "решетка", "памятку", "показания", "да", "оператор"} <= words


@pytest.mark.parametrize("kind", ["text", "address", "since"])
def test_what_has_no_grammar_is_heard_as_text(book, kind):
    assert book.sides(Expectation(kind)) == (OPEN,)


def test_without_the_unknown(book):
    assert all("[unk]" not in words for words in heard(book, Expectation("number", unknown=False)))


def test_the_same_expectation_has_the_same_grammar(book):
    assert book.sides(Expectation("yesno")) is book.sides(Expectation("yesno"))


@pytest.fixture
def warnings():
    """Logs of that level are seen for once."""
    set_up_logs("WARNING")
    yield
    set_up_logs("ERROR")


def test_unknown_words_are_left_out_and_told_once(warnings):
    book = Book(KnowsAll("пятьдесят", "оператор", "[unk]"), GRAMMARS)
    with structlog.testing.capture_logs() as logs:
        for _ in range(3):
            numbers = heard(book, Expectation("number", digits=5))[1]
    (event,) = logs
    assert (event["event"], event["count"], event["words"]) == ("words_unknown", 2, ["оператор", "пятьдесят"])
    assert {"пятьдесят", "оператор", "[unk]"}.isdisjoint(numbers)
    assert "шестьдесят" in numbers


def test_a_phrase_is_cut_where_a_word_is_unknown():
    book = Book(KnowsAll("еще"), {**GRAMMARS, "menu": replace(GRAMMARS["menu"], always=())})
    (side,) = book.sides(Expectation("everywhere"))
    pairs = {pair for one in side.sentences for pair in pairwise(one)}
    assert ("повтори", "раз") not in pairs
    assert ("плохо", "слышно") in pairs


def test_a_model_that_knows_none_of_it_hears_its_own_words():
    class KnowsNothing(KnowsAll):
        def knows(self, word: str) -> bool:
            return False

    book = Book(KnowsNothing(), GRAMMARS)
    assert [book.sides(Expectation(kind))[-1] for kind in KINDS] == [OPEN] * len(KINDS)


def test_a_model_without_run_time_grammars():
    book = Book(KnowsAll(run_time_grammars=False), GRAMMARS)
    assert book.sides(Expectation("number")) == (OPEN,)


@pytest.mark.parametrize("count", [0, 21])
def test_how_many_alternatives(count):
    with pytest.raises(ValueError, match="alternatives"):
        Expectation("number", alternatives=count)


def test_phrases_are_whole_where_phrases_are_said(book: Book) -> None:
    for kind in ("yesno", "menu", "more", "everywhere"):
        (side,) = book.sides(Expectation(kind))
        assert side.stray("оператор") == side.stray(UNKNOWN) == side.stray("") == 0.0
        assert side.stray("оператор столб") > side.stray("оператор")
    for kind in ("number", "amount"):
        assert not any(side.phrases for side in book.sides(Expectation(kind, digits=5)))


def test_a_word_of_no_grammar_is_as_cheap_as_the_model_wants_it() -> None:
    cheap = Book(KnowsAll(), GRAMMARS, unknown_often=9)
    for kind, times in (("yesno", 9), ("menu", 9), ("number", 1), ("amount", 1)):
        for side in cheap.sides(Expectation(kind, digits=5)):
            assert side.sentences.count((UNKNOWN,)) == times


def test_the_line_listens_with_its_models_unknown_word(ears) -> None:
    (side,) = ears.book.sides(Expectation("yesno"))
    assert side.sentences.count((UNKNOWN,)) == ears.calibration.unknown_often > 1
