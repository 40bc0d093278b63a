"""What `ivr grammars check` finds."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from ivr import data
from ivr.language.checking import check, hints_left_out
from ivr.language.grammar import MOST_HINTS, Grammar, load
from ivr.language.near import Dictionary, one_sound_away

EVERYWHERE = "name: everywhere\nphrases: {operator: [оператор], back: [назад], help: [что делать]}\n"
MENU = "name: menu\nphrases: {danger: [горит], refund: [вернуть деньги]}\nalways: [danger]\ndecoys: [морит, корит]\n"
YESNO = 'name: yesno\nphrases: {"yes": [да, верно], "no": [нет, не верно]}\n'


def loaded(folder: Path, *files: str) -> Mapping[str, Grammar]:
    for text in files:
        name = text.split("\n", 1)[0].removeprefix("name: ")
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    return load(folder)


def found(folder: Path, *files: str) -> list[tuple[str, str]]:
    return [(one.grammar, one.text) for one in check(loaded(folder, *files))]


def test_the_lines_own_grammars_have_nothing_to_mend() -> None:
    assert check(load(data.grammars())) == []


def test_nothing_is_found_where_nothing_is_wrong(tmp_path: Path) -> None:
    assert found(tmp_path, EVERYWHERE, MENU, YESNO) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "grammar", "text"),
    [
        (MENU, "вернуть деньги", "вернуть назад", "menu", "«вернуть назад» — refund, но в everywhere это back"),
        (
            MENU, "вернуть деньги", "что", "menu",
            "«что делать» — refund, но в everywhere это help: здесь его не услышат",
        ),
        (YESNO, "не верно", "не верно, назад", "yesno", "«назад» — no, но в everywhere это back"),
        (YESNO, "не верно", "не верно, все горит", "yesno", "«все горит» — no, но в menu это danger"),
        (
            MENU, "[морит, корит]", "[морит]", "menu",
            "«горит» — danger, похоже на «корит»: нужно в decoys или в parts: near",
        ),
    ],
)  # fmt: skip
def test_a_finding(tmp_path: Path, file: str, old: str, new: str, grammar: str, text: str) -> None:
    assert old in file
    files = [one.replace(old, new) if one is file else one for one in (EVERYWHERE, MENU, YESNO)]
    assert found(tmp_path, *files) == [(grammar, text)]


def test_a_phrase_that_is_not_understood() -> None:
    grammars = {"menu": Grammar("menu", {"contacts": (("адрес",), ("Адрес", "офиса"))}, decoys=(("офиса",),))}
    assert [one.text for one in check(grammars)] == ["«Адрес офиса» — contacts, но понимается как ничего"]


def test_a_closed_question_hears_the_whole_answer() -> None:
    grammars = {"yesno": Grammar("yesno", {"yes": (("да", "X"),), "no": (("x",),)})}
    assert [one.text for one in check(grammars)] == ["«да X» — yes, но понимается как ничего"]


def test_a_near_word_may_be_settled_in_any_grammar(tmp_path: Path) -> None:
    menu = MENU.replace("decoys: [морит, корит]\n", "")
    assert len(found(tmp_path, EVERYWHERE, menu, YESNO)) == 2
    assert found(tmp_path, EVERYWHERE, menu, YESNO + "parts: {near: [морит, корит]}\n") == []


def test_a_meaning_without_a_hint_and_a_phrase_too_long_for_one(tmp_path: Path) -> None:
    long = "ж" * 101
    many = [f"цифра {place}" for place in range(600)]
    text = f"name: many\nphrases:\n  long: [{long}]\n  many: {many}\n"
    grammars = loaded(tmp_path, text)
    assert [one.text for one in check(grammars)] == [
        "long: ни одной подсказки среди 500, которые принимает Twilio",
        f"«{long}» — long: в подсказке больше 100 знаков",
    ]
    assert hints_left_out(grammars["many"]) == 601 - MOST_HINTS


@pytest.mark.parametrize(
    ("word", "near", "far"),
    [
        ("дым", {"дим", "тым", "дымь"}, {"дом", "дам", "дума"}),
        ("пожар", {"повар", "пожаре", "позар"}, {"пожог", "товар"}),
        ("ванна", {"вана"}, {"вина"}),
        ("соль", {"сол", "золь"}, {"боль"}),
    ],
)
def test_one_sound(word: str, near: set[str], far: set[str]) -> None:
    away = one_sound_away(word)
    assert near <= away
    assert away.isdisjoint({*far, word})


def test_common_words_of_the_same_form() -> None:
    dictionary = Dictionary()
    assert list(dictionary.near("пожар")) == ["повар"]
    assert "погонь" not in dictionary.near("огонь")  # another case
    assert "сторит" not in dictionary.near("сгорит")  # nobody says it
    assert dictionary.function_word("без")
    assert not dictionary.function_word("верно")


def test_what_stands_whatever_else_is_said_is_always_heard(tmp_path: Path) -> None:
    universal = EVERYWHERE.replace("[оператор]", "[дайте оператор]")
    menu = MENU.replace("вернуть деньги", "дайте")
    assert len(found(tmp_path, universal, menu)) == 1
    assert found(tmp_path, universal + "always: [operator]\n", menu) == []
