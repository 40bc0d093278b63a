"""Free speech → topic: telling cases, properties, and the measure of tests/understanding."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr import data
from ivr.language import topics
from ivr.language.grammar import load, revision
from ivr.language.topics import Topics, Understood

LISTS = Path(__file__).parents[2] / "understanding"
GRAMMARS = load(data.grammars())
MENU = topics.load(data.grammars(), GRAMMARS)

SURE = {
    "submit_readings": [
        "хотела бы показания счётчика передать",
        "мне бы пока зания за свет сдать",
        "не оператора мне а показания передать",
        "примите показания, пожалуйста, за октябрь",
    ],
    "request_reprogramming": [
        "уберите с меня эту предоплату",
        "перепрограмируйте счётчик",
        "хочу подать заявку на перепрошивку счётчика",
    ],
    "balance_keypad": [
        "какую кнопку нажимать чтобы остаток увидеть",
        "Подскажите, какая клавиша показывает остаток?",
    ],
    "refund": [
        "когда же мне деньги вернут за счётчик",
        "я памятку потеряла что теперь",
        "верните остаток денег",
    ],
    "supplier_change": ["кто теперь у нас поставщик", "почему поменялся поставщик электричества"],
    "payment": ["где за свет заплатить", "реквизиты для оплаты продиктуйте"],
    "readings_channels": [
        "до какого числа показания принимают",
        "какими способами можно показания передавать",
    ],
    "after_reprogramming": ["счётчик перепрограммировали как теперь платить", "для чего нужна памятка"],
    "contacts": ["продиктуйте адрес офиса", "электронную почту вашу скажите"],
    "outage": ["у нас во всём доме света нет", "когда свет дадут", "электричество отключили по всей улице"],
    "request_status": ["что там с моей заявкой", "узнать статус заявки хочу"],
    "last_readings": ["какие у меня последние показания", "что я в прошлый раз передавал"],
    "operator": ["с живым человеком соедините", "аператора", "опера тора дайте", "позовите специалиста"],
    "call_back": ["перезвоните мне попозже"],
    "other_account": ["по другому лицевому счёту хочу"],
    "repeat": ["повторите, пожалуйста"],
    "slower": ["говорите помедленнее"],
    "back": ["вернитесь назад"],
    "main_menu": ["в главное меню"],
    "help": ["помогите"],
    "wait": ["подождите минутку"],
    "goodbye": ["спасибо, до свидания"],
}
NOTHING = [
    "отключили горячую воду",
    "показания за воду хочу передать",
    "где за газ платить",
    "оператор сотовой связи у меня плохой",
    "не надо оператора",
    "оператор мне не нужен",
    "позовите Васю",
    "кошка села на окошко",
    "верните деньги за билет на поезд",
    "запишите меня к терапевту",
    "какая завтра погода",
    "ошиблась номером извините",
    "показания передавать не буду",
]
FLOWS = {
    "danger": [
        "у нас щиток горит",
        "провод упал на дорогу",
        "столб искрит",
        "током бьёт от счётчика",
        "дым из щитка",
    ],
    "prepaid_dark": ["на счётчике ноль и света нет", "деньги на счётчике кончились", "баланс ноль"],
    "outage": ["света нет во всём доме"],
    "request_reprogramming": ["перепрограммировать счётчик"],
    "operator": ["оператор"],
}


def said(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(text, meaning) for meaning, texts in table.items() for text in texts]


@pytest.mark.parametrize(("text", "meaning"), said(SURE))
def test_it_is_understood(text: str, meaning: str) -> None:
    assert MENU.understand(text).meaning == meaning


@pytest.mark.parametrize("text", NOTHING)
def test_near_words_do_nothing(text: str) -> None:
    understood = MENU.understand(text)
    assert understood.meaning is None or understood.other is not None


@pytest.mark.parametrize(("text", "flow"), said(FLOWS))
def test_danger_and_an_empty_meter_have_flows_of_their_own(text: str, flow: str) -> None:
    understood = MENU.understand(text)
    assert understood.flow == flow
    assert understood.meaning == {"danger": "outage", "prepaid_dark": "request_reprogramming"}.get(flow, flow)


def test_danger_is_asked_about_at_least_whatever_else_is_said() -> None:
    assert MENU.understand("хотел показания передать но тут провод упал на землю").meaning == "outage"


def test_a_phrase_of_the_grammar_is_sure() -> None:
    assert MENU.understand("передать показания") == Understood(
        "submit_readings", topics.SURE, None, "submit_readings"
    )


def test_a_star_is_no_topic() -> None:
    assert MENU.understand("звёздочка").meaning is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "?!",
        "…",
        "🙂🙂",
        "hello there",
        "你好",
        "٣٤٥",
        "a" * 10_000,
        "й" * 10_000,
        "да " * 5_000,
        "\x00",
    ],
)
def test_anything_at_all_has_an_answer(text: str) -> None:
    MENU.understand(text)


def test_what_is_too_long_to_be_heard_out_is_nothing() -> None:
    assert MENU.understand("передать показания " + "ну " * 1_000).meaning is None
    assert MENU.understand("столб искрит " + "ну " * 1_000).flow == "danger"


@given(st.text(st.characters(codec="utf-8"), max_size=200) | st.text("абвеийклмнопрстья ё-", max_size=200))
def test_it_never_raises_and_holds_to_the_contract(text: str) -> None:
    understood = MENU.understand(text)
    assert MENU.understand(text) == understood
    assert 0 <= understood.score <= 1
    assert (understood.meaning is None) == (understood.flow is None)
    assert understood.other is None or understood.other not in (understood.meaning, topics.NOTHING)


def test_it_does_not_depend_on_what_was_heard_before() -> None:
    fresh = topics.load(data.grammars(), GRAMMARS)
    for text in ("за явку на пере прошивку", "света не т", "остаток насчётчике"):
        assert fresh.understand(text) == MENU.understand(text)


def test_the_model_is_not_stale() -> None:
    assert topics.stale(data.grammars(), GRAMMARS) is None, "make learn"


def test_a_change_of_the_examples_makes_it_stale(tmp_path: Path) -> None:
    (tmp_path / "examples").mkdir()
    for name in (topics.MODEL, topics.EXAMPLES, topics.CONCEPTS):
        (tmp_path / name).write_bytes((data.grammars() / name).read_bytes())
    with (tmp_path / topics.EXAMPLES).open("a", encoding="utf-8") as examples:
        examples.write("-\tтень на плетень\n")
    assert topics.stale(tmp_path, GRAMMARS) == "examples"


def test_the_revision_covers_the_model(tmp_path: Path) -> None:
    (tmp_path / "menu.yaml").write_text("name: menu", "utf-8")
    before = revision(tmp_path)
    (tmp_path / topics.MODEL).write_text("{}", "utf-8")
    assert revision(tmp_path) != before


def test_a_file_that_is_no_model_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / topics.MODEL).write_text(json.dumps({"kins": {}}), "utf-8")
    with pytest.raises(ValueError, match="make learn"):
        topics.load(tmp_path, GRAMMARS)


def counts(name: str, menu: Topics = MENU) -> Counter[str]:
    """How the lines of a list fare; never their texts."""
    found: Counter[str] = Counter(right=0, wrong_actions=0)
    for line in (LISTS / name).read_text("utf-8").splitlines():
        label, text = line.split("\t", 1)
        understood = menu.understand(text)
        meant = {understood.meaning or topics.NOTHING, understood.flow}  # «danger» is a flow of its own
        right = not meant.isdisjoint(label.split("|"))
        found["lines"] += 1
        found["right"] += right
        found["asked"] += understood.other is not None
        found["wrong_actions"] += understood.meaning is not None and understood.other is None and not right
    return found


def test_the_half_to_build_on() -> None:
    found = counts("menu_build.tsv")
    assert found["right"] >= 0.97 * found["lines"], found
    assert found["wrong_actions"] == 0, found


def test_the_unseen_half() -> None:
    found = counts("menu_unseen.tsv")
    assert found["right"] >= 0.95 * found["lines"], found
    assert found["wrong_actions"] == 0, found


def test_a_later_list_that_nothing_was_built_on() -> None:
    found = counts("menu_later.tsv")
    assert found["right"] >= 0.93 * found["lines"], found
    assert found["wrong_actions"] == 0, found


def test_a_fresh_list_from_before_the_topics_were_built() -> None:
    found = counts("menu_fresh.tsv")
    assert found["lines"] >= 300
    assert found["right"] >= 0.95 * found["lines"], found
    assert found["wrong_actions"] == 0, found
