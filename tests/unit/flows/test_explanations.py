"""The table of what the line explains: every piece is short, reachable, and leads on to the next."""

import re
from itertools import chain
from pathlib import Path

import pytest

from ivr import data
from ivr.flows.explanations import TOPICS, Piece, asked, find, following
from ivr.language import wording
from ivr.language.grammar import DECOY, load
from ivr.language.prompts import Prompts

PROMPTS = Prompts.load(data.audio_prompts())
GRAMMARS = load(data.grammars())
FACTS = GRAMMARS["facts"]
NOTICE = (Path(__file__).parents[2] / "data" / "notice.txt").read_text(encoding="utf-8")
DAYS = {"first": 15, "last": 26}
MOST_SENTENCES, MOST_WORDS = 3, 45
LETTERS = {
    "а": "a", "бэ": "b", "цэ": "c", "дэ": "d", "е": "e", "эф": "f", "гэ": "g", "и": "i", "ка": "k", "эль": "l",
    "эм": "m", "эн": "n", "о": "o", "пэ": "p", "эр": "r", "эс": "s", "тэ": "t", "у": "u", "игрек": "y",
}  # fmt: skip
SIGNS = {"собака": "@", "дефис": "-", "точка": "."}
DIGITS = {wording.number(digit): str(digit) for digit in range(10)}


def pieces(topic: str) -> tuple[Piece, ...]:
    return TOPICS[topic].own + TOPICS[topic].beyond


EVERY = [(topic, piece) for topic in TOPICS for piece in pieces(topic)]
NAMED = [f"{topic}: {piece.says[0]}" for topic, piece in EVERY]


def text(prompt_id: str) -> str:
    prompt = PROMPTS.prompt(prompt_id)
    return prompt.text({slot: DAYS[slot] for slot in prompt.slots})


def spelt(prompt_id: str) -> str:
    """The signs of a dictation: «Почта, латинскими буквами. Цэ, эль …» → «cl…»."""
    said = text(prompt_id).lower().partition(".")[2]
    return "".join({**LETTERS, **SIGNS, **DIGITS}[word] for word in re.findall(r"\w+", said))


@pytest.mark.parametrize(("topic", "piece"), EVERY, ids=NAMED)
def test_a_piece_can_be_taken_in_by_ear(topic: str, piece: Piece) -> None:
    said = " ".join(map(text, piece.says))
    assert len(re.findall(r"[.?!](?= |$)", said)) <= MOST_SENTENCES
    assert len(re.findall(r"\w+", said)) <= MOST_WORDS


@pytest.mark.parametrize("topic", TOPICS)
def test_the_first_sentence_of_a_topic_is_a_fact_of_the_notice(topic: str) -> None:
    first = PROMPTS.prompt(TOPICS[topic].own[0].says[0])
    assert first.source == "notice"


def test_every_fact_leads_to_a_piece_of_its_topic() -> None:
    assert [fact for fact in FACTS.phrases if find(fact.partition(".")[0], fact) is None] == []


def test_every_piece_is_offered_or_answers_a_fact_that_callers_ask() -> None:
    lost = [piece for _, piece in EVERY if not piece.offer and not FACTS.phrases.keys() & set(piece.answers)]
    assert lost == []


def test_no_two_pieces_of_a_topic_answer_the_same_fact() -> None:
    for topic in TOPICS:
        answered = list(chain.from_iterable(piece.answers for piece in TOPICS[topic].own))
        assert len(answered) == len(set(answered)), topic


@pytest.mark.parametrize(("topic", "piece"), EVERY, ids=NAMED)
def test_from_any_piece_the_walk_tells_every_offer_once_and_ends(topic: str, piece: Piece) -> None:
    said: set[str] = set()
    told: list[Piece] = []
    coming: Piece | None = piece
    while coming is not None:
        told.append(coming)
        said.update(coming.says)
        coming = following(topic, coming, said)
    assert all(said.issuperset(one.says) for one in pieces(topic) if one.offer)
    assert len(told) == len({one.says for one in told})


def test_the_rest_of_the_topic_comes_before_its_neighbours() -> None:
    office = find("contacts", "contacts.office")
    assert office is not None
    coming = following("contacts", office, set(office.says))
    assert coming == find("contacts", "contacts.phone")


@pytest.mark.parametrize("topic", TOPICS)
def test_every_phrase_of_a_fact_is_heard_in_its_topic(topic: str) -> None:
    wrong = [
        (fact, " ".join(phrase))
        for fact, phrases in FACTS.phrases.items()
        if find(topic, fact)
        for phrase in phrases
        if find(topic, asked(FACTS, topic, " ".join(phrase))) is not find(topic, fact)
    ]
    assert wrong == []


@pytest.mark.parametrize("topic", TOPICS)
def test_what_every_question_understands_is_no_fact(topic: str) -> None:
    phrases = chain.from_iterable(GRAMMARS["everywhere"].phrases.values())
    heard = {" ".join(phrase): asked(FACTS, topic, " ".join(phrase)) for phrase in phrases}
    assert {said: fact for said, fact in heard.items() if fact} == {}


def test_a_decoy_and_a_denied_phrase_are_no_question() -> None:
    assert DECOY == ""
    assert asked(FACTS, "refund", "когда вернут деньги") == "refund.when"
    assert asked(FACTS, "refund", "не хочу знать про срок") == ""
    assert asked(FACTS, "refund", "памятку не надо") == ""
    assert asked(FACTS, "refund", "ближайшую минуту") == ""
    assert asked(FACTS, "no_topic", "когда вернут деньги") == ""


@pytest.mark.parametrize(
    ("prompt_id", "written"),
    [
        ("dictate_email", "client@rossetimr.ru"),
        ("dictate_cabinet", "my.mosenergosbyt.ru"),
        ("dictate_mes_site", "mosenergosbyt.ru"),
        ("dictate_sbyt_site", "sbyt.rossetimr.ru"),
        ("dictate_kes_site", "kes-krasnogorsk.ru"),
    ],
)
def test_addresses_are_spelt_as_the_notice_writes_them(prompt_id: str, written: str) -> None:
    assert written in NOTICE
    assert spelt(prompt_id) == written


@pytest.mark.parametrize(
    ("prompt_id", "written"),
    [("dictate_phone", "8 800 220-0-220"), ("dictate_mes_phone", "8 (499) 550-9-550")],
)
def test_telephones_are_dictated_as_the_notice_groups_them(prompt_id: str, written: str) -> None:
    assert written in NOTICE
    groups = text(prompt_id).lower().removeprefix("телефон. ").rstrip(".").split(". ")
    said = ["".join(DIGITS[word] for word in group.split(", ")) for group in groups]
    assert said == re.findall(r"\d+", written)


def test_everything_that_can_be_written_down_is_dictated() -> None:
    """A piece that names a site, a mail, a telephone or the office has each of them among what it dictates."""
    marks = {
        "собака": "dictate_email",
        "май, точка": "dictate_cabinet",
        "сбыт, точка, россети": "dictate_sbyt_site",
        "сайте мосэнергосбыт": "dictate_mes_site",
        "кэс, дефис": "dictate_kes_site",
        "дом одиннадцать": "dictate_office",
        "пятьсот пятьдесят": "dictate_mes_phone",
        "двести двадцать, ноль": "dictate_phone",
    }
    for topic, piece in EVERY:
        said = " ".join(map(text, piece.says))
        assert [one for mark, one in marks.items() if mark in said and one not in piece.dictated] == [], topic
