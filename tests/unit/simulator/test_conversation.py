"""Conversations are read with errors that help, and played strictly."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from flask import Response, request

from ivr.simulator.conversation import BadConversation, Conversation, Mismatch, TalkPhone, load, play, read
from ivr.simulator.matching import find
from ivr.simulator.script import (
    CallerHangsUp,
    CallerIsSilent,
    CallerPresses,
    CallerSays,
    Ended,
    OperatorAnswers,
    OperatorDoesNotAnswer,
    OperatorHangsUp,
    OperatorLetsWait,
    OperatorsMachineAnswers,
    PhoneKeepsFrom,
    PhoneSays,
    Rings,
    Saved,
    Transferred,
)


def test_a_file_with_everything(tmp_path: Path) -> None:
    path = tmp_path / "all.yaml"
    path.write_text(
        """
title: "Всё"
from: hidden
clock: "2026-11-20T10:00:00+03:00"
schedule: {operators: {mon-sun: closed}}
settings: {queue_timeout: 60}
talk:
- phone: "Назовите показания"
- not_phone: "Оператор"
- caller: "двенадцать тысяч"
- caller: {keys: "1"}
- caller: {silence: 2}
- caller: {hang_up: true}
- operator: {answers: true}
- operator: {voicemail: true}
- rings: "+74950000011"
- operator: {hangs_up: true}
- operator: {no_answer: true}
- operator: {waits: 180}
- saved: {reading: 12345}
- ended: true
- transferred: false
""",
        encoding="utf-8",
    )
    assert load(path) == Conversation(
        (
            PhoneSays("Назовите показания"), PhoneKeepsFrom("Оператор"), CallerSays("двенадцать тысяч"),
            CallerPresses("1"), CallerIsSilent(2), CallerHangsUp(), OperatorAnswers(),
            OperatorsMachineAnswers(), Rings("+74950000011"), OperatorHangsUp(), OperatorDoesNotAnswer(),
            OperatorLetsWait(180.0), Saved({"reading": 12345}), Ended(True),
            Transferred(False),
        ),
        None,
        "Всё",
        datetime(2026, 11, 20, 10, tzinfo=timezone(timedelta(hours=3))),
        {"operators": {"mon-sun": "closed"}},
        {"queue_timeout": 60},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("schedule: нет\ntalk: [{phone: а}]", "«schedule»: нужны поля"),
        ("settings: нет\ntalk: [{phone: а}]", "«settings»: нужны имена и значения"),
        ("talk: [{rings: 112}]", "шаг 1: «rings»: нужен текст"),
        ("talk: [{fone: а}]", "шаг 1: «шаг»: неизвестное поле «fone»"),
        ("talk: [{phone: а}, {caller: {key: '1'}}]", "шаг 2: «caller»: неизвестное поле «key»"),
        ("talk: [{phone: а, caller: б}]", "шаг 1: «шаг»: нужно ровно одно поле"),
        ("talk: [{caller: {keys: 1}}]", "шаг 1: «keys»: нужен текст (число — в кавычках)"),
        ("talk: [{caller: {keys: '1a'}}]", "шаг 1: «keys»: бывают кнопки"),
        ("talk: [{caller: {silence: 0}}]", "шаг 1: «silence»"),
        ("talk: [{caller: {silence: true}}]", "шаг 1: «silence»"),
        ("talk: [{caller: {hang_up: false}}]", "шаг 1: «hang_up»: бывает только true"),
        ("talk: [{operator: {waits: -1}}]", "шаг 1: «waits»"),
        ("talk: [{operator: answers}]", "шаг 1: «operator»: нужны поля"),
        ("talk: [{saved: 1}]", "шаг 1: «saved»"),
        ("talk: [{ended: 'да'}]", "шаг 1: «ended»"),
        ("talk: [{phone: ''}]", "шаг 1: «phone»: нужен текст"),
        ("talk: []", "в поле «talk» должен быть список"),
        ("title: а", "в поле «talk» должен быть список"),
        ("speak: []", "«файл»: неизвестное поле «speak»"),
        ("- phone: а", "«файл»: нужны поля"),
        ("talk: [", "это не YAML"),
        ("clock: 2026-11-20\ntalk: [{phone: а}]", "«clock»"),
        ("clock: '2026-11-20T10:00:00'\ntalk: [{phone: а}]", "«clock»: нет часового пояса"),
        ("from: 79161234501\ntalk: [{phone: а}]", "«from»: нужен текст"),
    ],
)
def test_an_error_names_the_file_and_the_step(text: str, told: str) -> None:
    with pytest.raises(BadConversation) as error:
        read(text, "x.yaml")
    assert str(error.value).startswith("x.yaml: ")
    assert told in str(error.value)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(BadConversation, match=r"no\.yaml"):
        load(tmp_path / "no.yaml")


@pytest.mark.parametrize(
    ("text", "heard", "found"),
    [
        ("Показания счётчика", "назовите  ПОКАЗАНИЯ, счетчика!", True),
        ("пятьдесят — или пятнадцать", "пятьдесят или пятнадцать", True),
        ("за́мок", "замок", True),
        ("12", "номер 112", False),
        ("да", "дача", False),
        ("раз…три", "раз два три", True),
        ("три ... раз", "раз два три", False),
        ("раз…раз", "раз", False),
        ("«Светлая линия»", "Это Светлая линия.", True),
    ],
)
def test_words_are_compared_and_nothing_else(text: str, heard: str, found: bool) -> None:
    assert (find(text, heard) is not None) is found


@pytest.fixture
def talkative(line):
    """Says three sentences; repeats what it hears; «оператор» goes to the queue; keys end the call."""
    line["/voice/incoming"] = (
        '<Say>Раз. Два.</Say><Gather input="dtmf speech" action="/turn"><Say>Три?</Say></Gather>'
    )

    def turn() -> str:
        if "Digits" in request.form:
            return "<Say>Пока</Say>"
        if request.form.get("SpeechResult") == "оператор":
            return '<Enqueue action="/back" waitUrl="/hold">q</Enqueue>'
        said = f"<Say>Вы сказали: {request.form.get('SpeechResult')}</Say>"
        return f'<Gather input="dtmf speech" action="/turn">{said}</Gather><Say>Молчите</Say>'

    line["/turn"] = turn
    line["/hold"] = '<Gather timeout="15"><Say>Ждите</Say></Gather>'
    line["/back"] = "<Say>Снова мы</Say>"
    return line


def test_a_whole_talk(talkative) -> None:
    talk = """
talk:
- phone: "раз"
- phone: "два … три"
- not_phone: "четыре"
- ended: false
- caller: "оператор"
- transferred: true
- phone: "ждите"
- operator: {waits: 20}
- phone: "ждите"
- operator: {answers: true}
- operator: {hangs_up: true}
- phone: "снова мы"
- transferred: false
- ended: true
- saved: {a: 1}
"""
    saved: list[dict[str, object]] = []
    after: list[int] = []
    play(read(talk), TalkPhone(talkative.double()), saved.append, lambda: after.append(1))
    assert saved == [{"a": 1}]
    assert len(after) == 15


@pytest.mark.parametrize(
    ("talk", "step", "expected"),
    [
        ("[{phone: два}, {phone: раз}]", 2, "«раз» после найденного раньше"),
        ("[{phone: раз}, {phone: раз}]", 2, "«раз» после найденного раньше"),
        ("[{phone: раз}, {phone: четыре}]", 2, "«четыре» после найденного раньше"),
        ("[{phone: четыре}]", 1, "«четыре»"),
        ("[{phone: три}, {not_phone: раз}]", 2, "без слов «раз»"),
        ("[{caller: а}, {phone: раз}]", 2, "«раз»"),
        ("[{ended: true}]", 1, "звонок закончен"),
        ("[{caller: {keys: '1#'}}, {ended: false}]", 2, "звонок продолжается"),
        ("[{transferred: true}]", 1, "абонента соединяют с оператором"),
        ("[{caller: оператор}, {transferred: false}]", 2, "без перевода на оператора"),
        ("[{caller: {keys: '1#'}}, {caller: а}]", 2, "этот шаг возможен (Линия сейчас не слушает.)"),
        ("[{operator: {answers: true}}]", 1, "этот шаг возможен"),
        ("[{operator: {no_answer: true}}]", 1, "этот шаг возможен"),
        ("[{operator: {voicemail: true}}]", 1, "этот шаг возможен"),
        ("[{rings: '112'}]", 1, "звонит 112 (звонит: ничего)"),
        ("[{caller: {silence: 2}}]", 1, "этот шаг возможен"),
    ],
)
def test_a_mismatch_says_where_and_what(talkative, talk: str, step: int, expected: str) -> None:
    with pytest.raises(Mismatch) as error:
        play(read(f"talk: {talk}"), TalkPhone(talkative.double()))
    assert error.value.step == step
    assert error.value.expected.startswith(expected)
    assert f"шаг {step}: ждали: {expected}" in str(error.value)


def test_a_mismatch_tells_what_was_heard(talkative) -> None:
    with pytest.raises(Mismatch) as error:
        play(read("talk: [{caller: привет}, {phone: пока}]"), TalkPhone(talkative.double()))
    assert error.value.heard == "Вы сказали: привет"


def test_what_was_not_saved_is_a_mismatch(talkative) -> None:
    def check(values: dict[str, object]) -> None:
        assert values == {"a": 2}, "в базе 2"

    with pytest.raises(Mismatch, match="в базе 2") as error:
        play(read("talk: [{phone: раз}, {saved: {a: 1}}]"), TalkPhone(talkative.double()), check)
    assert error.value.step == 2


def test_a_call_that_only_the_fallback_saved_is_a_mismatch(talkative) -> None:
    talkative["/turn"] = lambda: Response(status=500)
    talkative["/voice/fallback"] = "<Say>Пока</Say><Gather/>"
    conversation = read("talk: [{caller: а}, {phone: пока}]")
    with pytest.raises(Mismatch, match="11200"):
        play(conversation, TalkPhone(talkative.double()))
    play(conversation, TalkPhone(talkative.double(), strict=False))


def test_the_caller_s_number(talkative) -> None:
    play(read("from: hidden\ntalk: [{phone: раз}]"), TalkPhone(talkative.double()))
    play(read("from: '+79990000000'\ntalk: [{phone: раз}]"), TalkPhone(talkative.double()))
    assert [form["From"] for form in talkative.forms("/voice/incoming")] == ["anonymous", "+79990000000"]
