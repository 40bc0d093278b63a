"""Yes and no: a list written by somebody who has not seen the grammar, and the rules behind it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr import data
from ivr.language.grammar import Grammar, load
from ivr.language.yesno import plain_yes_or_no, yes_or_no

GRAMMAR = load(data.grammars())["yesno"]
LIST = Path(__file__).parents[2] / "understanding" / "yesno.tsv"


def spoken() -> list[tuple[str, str | None]]:
    """(utterance, meaning) of each line `meaning<TAB>utterance`; `-` is no answer."""
    lines = [line.split("\t") for line in LIST.read_text("utf-8").splitlines()]
    return [(said, None if meaning == "-" else meaning) for meaning, said in lines]


def test_the_list() -> None:
    wrong = [
        (said, meaning, found) for said, meaning in spoken() if (found := yes_or_no(GRAMMAR, said)) != meaning
    ]
    assert wrong == []
    assert len(spoken()) == 200


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        ("да нет, всё правильно", "yes"),
        ("нет, девушка, всё верно", "yes"),
        ("да-да, спасибо большое", "yes"),
        ("подождите, да", "yes"),
        ("да, то есть нет", "no"),
        ("да нет нет", "no"),
        ("нет, спасибо", "no"),
        ("нет конечно", "no"),
        ("да неправильно же", "no"),
        ("номер не тот", "no"),
        ("ну ладно", "yes"),
        ("да подождите", None),
        ("да, но", None),
        ("да ну", None),
        ("да ладно", None),
        ("так-так", None),
        ("да да нет", None),
        ("нет да", None),
        ("нет, верно", None),
        ("нет, конечно, всё верно", None),
        ("всё верно, нет", None),
        ("не", None),
        ("не ошибка", None),
        ("нет, не ошибка", None),
        ("да не верно", None),
        ("наверное да", None),
        ("ну вот так", None),
        ("двенадцать", None),
        ("", None),
        ("да " * 1_000, None),
        ("дa", None),  # a Latin a
    ],
)
def test_yes_and_no(said: str, meaning: str | None) -> None:
    assert yes_or_no(GRAMMAR, said) == plain_yes_or_no(GRAMMAR, said) == meaning


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        ("да, сорок пять", "yes"),
        ("нет, пятьдесят пять", "no"),
        ("нет, не сорок пять, а пятьдесят пять", "no"),
        ("нет, последняя цифра семь", "no"),
        ("да не сорок пять а пятьдесят пять", None),
        ("да, последняя цифра семь", None),
        ("да ну сорок пять", None),
        ("да, сорок пять, но", None),
        ("сорок пять да", None),
    ],
)
def test_a_number_beside_it_is_for_the_read_back(said: str, meaning: str | None) -> None:
    assert yes_or_no(GRAMMAR, said) == meaning
    assert plain_yes_or_no(GRAMMAR, said) is None


WORDS = st.sampled_from(sorted({word for said, _ in spoken() for word in said.split()}))


@given(st.lists(WORDS, max_size=8).map(" ".join), st.sampled_from(["но", "если", "кроме", "вроде", "или"]))
def test_a_reservation_is_never_a_yes(said: str, word: str) -> None:
    assert yes_or_no(GRAMMAR, f"{said} {word}") is None
    assert yes_or_no(GRAMMAR, f"{word} {said}") is None


@given(st.text())
def test_anything_may_be_said(said: str) -> None:
    assert yes_or_no(GRAMMAR, said) in ("yes", "no", None)


def test_parts_may_be_missing() -> None:
    grammar = Grammar("yesno", {"yes": (("да",),), "no": (("нет",),)})
    assert yes_or_no(grammar, "ну да") == "yes"
    assert yes_or_no(grammar, "да нет") is None
    assert yes_or_no(grammar, "нет, семь") == "no"
