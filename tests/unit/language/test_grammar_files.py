"""The line's own grammars: utterance → meaning."""

import pytest

from ivr import data
from ivr.language.grammar import Grammar, load

GRAMMARS = load(data.grammars())
MENU, EVERYWHERE, YESNO = GRAMMARS["menu"], GRAMMARS["everywhere"], GRAMMARS["yesno"]

TOPICS = {
    "submit_readings": ["передать показания", "хочу сообщить показания счётчика", "показания за свет"],
    "request_reprogramming": [
        "перепрограммировать счётчик",
        "заявка на перепрограммирование",
        "отключите предоплату",
    ],
    "balance_keypad": ["как посмотреть остаток", "какую кнопку нажать", "как снять показания"],
    "refund": [
        "верните деньги",
        "памятку потеряла",
        "когда вернут деньги",
        "возврат денежных средств",
        "куда обратиться за возвратом",
    ],
    "supplier_change": ["смена поставщика", "у меня долг", "кто теперь поставщик", "кому мне платить"],
    "payment": ["где оплатить свет", "куда платить", "хочу заплатить за электричество"],
    "readings_channels": ["как передать показания", "до какого числа можно передать показания"],
    "after_reprogramming": ["что после перепрограммирования", "счётчик перепрограммировали что дальше"],
    "contacts": ["какой у вас адрес", "где ваш офис", "электронная почта"],
    "outage": ["отключился свет", "у нас нет света", "свет не горит", "сидим без света", "света опять нет"],
    "request_status": ["статус заявки", "что с моей заявкой", "я оставляла заявку"],
    "last_readings": ["какие последние показания", "скажите мои последние показания"],
    "call_back": ["перезвоните мне", "обратный звонок"],
    "other_account": ["другой счёт", "за маму", "передать показания за маму"],
    "repeat": ["повторите меню"],
    "goodbye": ["до свидания", "спасибо большое", "всё спасибо"],
    "danger": [
        "искрит",
        "у нас счётчик горит",
        "провод на земле",
        "провод упал",
        "бьёт током",
        "пахнет гарью",
        "горячая вода кончилась и пожар",
        "нет света, дым из щитка",
    ],
    "prepaid_dark": [
        "деньги на счётчике кончились",
        "баланс ноль",
        "нулевой баланс",
        "счётчик на нуле",
        "предоплата кончилась",
        "нет света, баланс ноль",
    ],
}

SIGNALS = {
    "operator": [
        "оператор",
        "оператора!",
        "соедините",
        "живой человек",
        "дайте человека",
        "подождите оператор",
    ],
    "repeat": ["повтори", "ещё раз", "я не расслышала"],
    "slower": ["помедленнее", "не так быстро"],
    "star": ["звездочка"],
    "help": ["помощь", "что мне сказать"],
    "wait": ["подождите", "минутку", "секунду", "сейчас посмотрю", "подождите смотрю"],
    "back": ["назад", "вернись назад"],
    "main_menu": ["главное меню", "в меню"],
}


def every(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(said, meaning) for meaning, utterances in table.items() for said in utterances]


@pytest.mark.parametrize(("said", "meaning"), every(TOPICS))
def test_topics(said: str, meaning: str) -> None:
    assert MENU.match(said) == meaning


@pytest.mark.parametrize(("said", "meaning"), every(SIGNALS))
def test_signals(said: str, meaning: str) -> None:
    assert EVERYWHERE.match(said) == meaning


def test_the_tables_know_every_meaning() -> None:
    assert set(TOPICS) == set(MENU.phrases)
    assert set(SIGNALS) == set(EVERYWHERE.phrases)


@pytest.mark.parametrize("grammar", GRAMMARS.values(), ids=GRAMMARS)
def test_every_phrase_is_reachable(grammar: Grammar) -> None:
    lost = [
        (meaning, " ".join(phrase))
        for meaning, phrases in grammar.phrases.items()
        for phrase in phrases
        if not (grammar.match(" ".join(phrase)) == grammar.match_whole(" ".join(phrase)) == meaning)
    ]
    assert lost == []


@pytest.mark.parametrize(
    "said",
    [
        "отключили горячую воду",
        "отключили газ",
        "нет света и газа",
        "газ",
        "позовите Васю",
        "кошка села на окошко",
        "не надо оператора",
        "оператор не нужен",
        "без оператора",
        "горит лампочка на счётчике",
        "свет горит",
        "у меня мобильный оператор билайн",
        "двенадцать тысяч триста сорок пять",
        "отключили",
        "не хочу передавать показания",
    ],
)
def test_near_words_do_nothing(said: str) -> None:
    assert MENU.match(said) is None
    assert EVERYWHERE.match(said) is None


def test_a_denied_operator_is_no_operator() -> None:
    assert EVERYWHERE.match("подожди оператор не нужен") == "wait"
    assert EVERYWHERE.match("не соединяйте с оператором") is None


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        ("да", "yes"),
        ("да да верно", "yes"),
        ("ну да, всё так", "yes"),
        ("Ага, спасибо", "yes"),
        ("подтверждаю", "yes"),
        ("нет", "no"),
        ("нет, неверно", "no"),
        ("не верно", "no"),
        ("это ошибка", "no"),
        ("конечно нет", "no"),
        ("да нет", None),
        ("да, но", None),
        ("да не верно", None),
        ("нет, всё верно", None),
        ("так", None),
        ("так, сейчас", None),
        ("не ошибка", None),
        ("наверное да", None),
        ("да двенадцать", None),
        ("да " + "ну " * 1_000 + "нет", None),
        ("", None),
    ],
)
def test_yes_and_no(said: str, meaning: str | None) -> None:
    assert YESNO.match_whole(said) == meaning


@pytest.mark.parametrize(
    ("name", "said", "meaning"),
    [
        ("keep", "оставьте", "keep"),
        ("keep", "нет, всё верно", "keep"),
        ("keep", "не надо исправлять", "keep"),
        ("keep", "исправить", None),
        ("account", "не знаю", "unknown"),
        ("account", "я не помню номер", "unknown"),
        ("account", "нет под рукой", "unknown"),
        ("account", "знаю", None),
    ],
)
def test_small_questions(name: str, said: str, meaning: str | None) -> None:
    assert GRAMMARS[name].match_whole(said) == meaning


def test_keys() -> None:
    assert MENU.keys["3"] == "balance_keypad"
    assert (EVERYWHERE.by_key("*0"), EVERYWHERE.by_key("0")) == ("operator", None)
    assert (YESNO.by_key("1"), YESNO.by_key("2")) == ("yes", "no")
    assert GRAMMARS["keep"].keys == {"*6": "keep"}  # a figure alone is a reading


def test_hints_hold_every_meaning() -> None:
    hints = set(MENU.hints())
    assert len(hints) == 500
    assert all(any(" ".join(phrase) in hints for phrase in phrases) for phrases in MENU.phrases.values())
