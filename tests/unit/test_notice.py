"""The notice and the prompts held against each other: nothing is left out, nothing quoted that it lacks."""

import re
from pathlib import Path

import pytest
import yaml

from ivr import data
from ivr.language.prompts import SOURCES, Prompts
from ivr.simulator.matching import find, plain

DATA = Path(__file__).parents[1] / "data"
NOTICE = (DATA / "notice.txt").read_text(encoding="utf-8")
LISTED = yaml.safe_load((DATA / "notice.yaml").read_text(encoding="utf-8"))
SENTENCES = [one["sentence"] for one in LISTED]
PROMPTS = Prompts.load(data.audio_prompts())
DAYS = {"first": 15, "last": 26}
"""The window for readings: the slots that the notice fills."""


def said(prompts: Prompts, prompt_id: str) -> str:
    """A prompt as a caller hears it; slots that are not of the notice stay empty."""
    prompt = prompts.prompt(prompt_id)
    if prompt.slots.keys() <= DAYS.keys():
        return plain(prompt.text({slot: DAYS[slot] for slot in prompt.slots}))
    return plain(" ".join(text for text, _ in prompt.parts))


def quotes(prompts: Prompts) -> dict[str, list[str]]:
    """Sentence of the notice → what is said of it."""
    found: dict[str, list[str]] = {sentence: [] for sentence in SENTENCES}
    for prompt_id in prompts.ids():
        for sentence in run(prompts.prompt(prompt_id).notice):
            found[sentence].append(said(prompts, prompt_id))
    return found


def run(quote: str) -> list[str]:
    """The sentences that a quotation is made of, one after another in the notice; empty where it is no such thing."""
    starts = [place for place, sentence in enumerate(SENTENCES) if quote.startswith(sentence)]
    for start in starts:
        for end in range(start + 1, len(SENTENCES) + 1):
            if " ".join(SENTENCES[start:end]) == quote:
                return SENTENCES[start:end]
    return []


def untold(prompts: Prompts) -> list[tuple[str, str]]:
    """(sentence, words) that no prompt which quotes the sentence says."""
    heard = quotes(prompts)
    return [
        (one["sentence"], words)
        for one in LISTED
        for words in one.get("said", ())
        if not any(find(words, text) is not None for text in heard[one["sentence"]])
    ]


def unquoted(prompts: Prompts) -> list[str]:
    """Prompts with no source, or that quote what is not in the notice."""
    return [
        prompt_id
        for prompt_id in prompts.ids()
        if (prompt := prompts.prompt(prompt_id)).source not in SOURCES
        or (prompt.source == "notice") != bool(run(prompt.notice))
    ]


def changed(tmp_path: Path, old: str, new: str) -> Prompts:
    text = (data.audio_prompts() / "prompts.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "prompts.yaml").write_text(text.replace(old, new), encoding="utf-8")
    return Prompts.load(tmp_path)


def test_the_list_is_all_of_the_notice():
    assert re.sub(r"\s", "", "".join(SENTENCES)) == re.sub(r"\s", "", NOTICE)


def test_each_sentence_is_told_or_has_a_reason():
    assert [one["sentence"] for one in LISTED if bool(one.get("said")) == bool(one.get("untold"))] == []
    assert [one for one in LISTED if one.keys() - {"sentence", "said", "untold"}] == []


def test_every_fact_of_the_notice_is_said():
    assert untold(PROMPTS) == []


def test_every_prompt_has_its_source():
    assert unquoted(PROMPTS) == []


@pytest.mark.parametrize(
    ("old", "new", "lost"),
    [
        ("в течение пяти рабочих дней", "в течение трёх рабочих дней", "пяти рабочих дней"),
        ("дом одиннадцать А, пятый этаж", "дом одиннадцать А", "пятый этаж"),
        ("Там скажите слово «оператор».", "", "оператор"),
        ("с {first} по {last} число", "с {last} по {first} число", "каждого месяца"),
    ],
)
def test_a_fact_that_is_lost_is_found(tmp_path, old, new, lost):
    assert any(lost in words for _, words in untold(changed(tmp_path, old, new)))


def test_a_sentence_that_nobody_tells_is_found(tmp_path):
    alone = "Неоплаченная своевременно задолженность будет взыскиваться в судебном порядке."
    other = SENTENCES[5]
    assert {sentence for sentence, _ in untold(changed(tmp_path, alone, other))} == {alone}


@pytest.mark.parametrize("end", [" И ещё кое-что.", " (по среднему)"])
def test_a_quotation_that_is_not_in_the_notice_is_found(tmp_path, end):
    quoted = "в течение пяти рабочих дней после перевода денежных средств АО «КЭС» в ПАО «Россети Московский регион»."
    assert unquoted(changed(tmp_path, quoted, quoted + end)) == ["refund_when"]
