"""The facts that callers ask for, by lists of what they say: the topic is known, the piece that answers is right."""

from pathlib import Path

import pytest

from ivr import data
from ivr.flows.explanations import TOPICS, asked, find
from ivr.language.grammar import load

HERE = Path(__file__).parent
FACTS = load(data.grammars())["facts"]


def lines(name: str) -> list[tuple[str, str, str]]:
    rows = (line.split("\t") for line in (HERE / name).read_text(encoding="utf-8").splitlines())
    return [(topic, fact, said) for topic, fact, said in rows]


@pytest.mark.parametrize(
    ("name", "at_least"), [("facts.tsv", 0.97), ("facts_later.tsv", 0.9), ("facts_fresh.tsv", 0.65)]
)
def test_the_right_piece_is_told(name: str, at_least: float) -> None:
    asking = [one for one in lines(name) if one[0] != "-"]
    assert len(asking) >= 40
    wrong = [
        said for topic, fact, said in asking if find(topic, asked(FACTS, topic, said)) != find(topic, fact)
    ]
    assert len(wrong) <= len(asking) * (1 - at_least), wrong


@pytest.mark.parametrize("name", ["facts.tsv", "facts_later.tsv", "facts_fresh.tsv"])
def test_what_asks_nothing_is_no_fact_of_any_topic(name: str) -> None:
    for topic, _, said in lines(name):
        assert topic != "-" or not any(asked(FACTS, one, said) for one in TOPICS), said


def test_the_lists_know_every_fact() -> None:
    listed = {(topic, fact) for name in ("facts.tsv", "facts_later.tsv") for topic, fact, _ in lines(name)}
    assert all(find(topic, fact) for topic, fact in listed if topic != "-")
    assert FACTS.phrases.keys() - {fact for _, fact in listed} == set()
