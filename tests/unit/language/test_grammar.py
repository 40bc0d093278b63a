"""The matcher and its files, with small grammars."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.language.grammar import Grammar, GrammarError, load, revision
from ivr.language.template import TemplateError, phrases

SMALL = """
name: small
phrases:
  readings: ["(передать|сообщить) показания [счётчика]", "показания"]
  outage: ["нет света", "без света"]
  refund: ["вернуть деньги"]
  danger: ["горит"]
decoys: [воду, "горит лампочка"]
keys: {"1": readings, "*7": outage}
always: [danger]
"""


def small(folder: Path, text: str = SMALL) -> Grammar:
    (folder / "small.yaml").write_text(text, "utf-8")
    return load(folder)["small"]


@pytest.fixture
def grammar(tmp_path: Path) -> Grammar:
    return small(tmp_path)


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("(а|б в) г [д]", ["а г д", "а г", "б в г д", "б в г"]),
        ("оператор[а|у]", ["оператора", "оператору", "оператор"]),
        ("[ещё [раз]] да", ["еще раз да", "еще да", "да"]),
        ("смарт-карта", ["смарт карта"]),
    ],
)
def test_templates(template: str, expected: list[str]) -> None:
    assert [" ".join(phrase) for phrase in phrases(template)] == expected


@pytest.mark.parametrize(
    "template", ["(а|б", "а)", "[а", "(а]", "(а|)", "()", "а|б", "[а]", "", "oператор", "а, б", "(а|б)" * 13]
)
def test_broken_templates(template: str) -> None:
    with pytest.raises(TemplateError):
        phrases(template)


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        ("Хочу передать показания!", "readings"),
        ("показания счётчика", "readings"),
        ("у нас нет света", "outage"),
        ("мы без света", "outage"),
        ("не показания", None),
        ("не надо передать показания", None),
        ("не хочу передать показания", None),
        ("передать показания не надо спасибо", None),
        ("показания мне не нужны", None),
        ("не надо мне показания", None),
        ("показаниями", None),
        ("вернуть деньги нет света", None),
        ("вернуть деньги показания", "refund"),
        ("нет света и воду отключили", None),
        ("воду отключили и горит", "danger"),
        ("горит лампочка", None),
        ("горит лампочка и щит горит", "danger"),
        ("не горит", None),
        ("передать показания а тут горит", "danger"),
        ("", None),
    ],
)
def test_match(grammar: Grammar, said: str, meaning: str | None) -> None:
    assert grammar.match(said) == meaning


def test_whole_answers(grammar: Grammar) -> None:
    assert grammar.match_whole("ну показания, пожалуйста, показания") == "readings"
    assert grammar.match_whole("показания двенадцать") is None
    assert grammar.match_whole("показания вернуть деньги") is None
    assert grammar.match_whole("воду") is None
    assert grammar.match_whole("ну") is None


def test_keys(grammar: Grammar) -> None:
    assert (grammar.by_key("1"), grammar.by_key("*7"), grammar.by_key("5")) == ("readings", "outage", None)


def test_hints_are_within_the_limits() -> None:
    many = Grammar("many", {"a": tuple((f"слово{n}",) for n in range(900)), "b": (("б",), ("в" * 101,))})
    hints = many.hints()
    assert len(hints) == 500
    assert "б" in hints[:2]
    assert all(len(hint) <= 100 and "," not in hint for hint in hints)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("[счётчика]", "[счётчика", ["small.yaml", "readings", "(передать|сообщить) показания [счётчика"]),
        ('"вернуть деньги"', '"нет света"', ["outage", "refund", "нет света"]),
        ("воду,", "показания,", ["decoys", "readings"]),
        ('"1": readings', '"1": reading', ["'reading'"]),
        ("always: [danger]", "always: [fire]", ["'fire'"]),
        ("name: small", "name: big", ["'big'"]),
        ("decoys:", "decoy:", ["decoy"]),
        ("  refund:", "  outage:", ["twice", "outage"]),
        ("  refund:", "  12:", ["12", "quotes"]),
        ("[воду,", "[12,", ["12", "quotes"]),
        ("name: small", "name: [", ["small.yaml"]),
        (SMALL, "name: small", ["phrases"]),
        (SMALL, "[]", ["mapping"]),
    ],
)
def test_broken_files_name_the_place(tmp_path: Path, old: str, new: str, named: list[str]) -> None:
    assert old in SMALL
    with pytest.raises(GrammarError) as error:
        small(tmp_path, SMALL.replace(old, new))
    assert all(name in str(error.value) for name in ["small.yaml", *named])


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GrammarError, match="no grammars"):
        load(tmp_path)


def test_the_revision_follows_the_files(tmp_path: Path) -> None:
    small(tmp_path)
    before = revision(tmp_path)
    assert before == revision(tmp_path)
    small(tmp_path, SMALL + "# a comment\n")
    assert revision(tmp_path) != before


GRAMMAR = Grammar("g", {"a": (("не", "надо"), ("да",)), "b": (("нет",),)}, decoys=(("воду",),), always=("b",))
WORDS = st.lists(st.sampled_from(["не", "надо", "да", "нет", "воду", "мне", "без", "кот"]), max_size=9)


@given(st.one_of(st.text(), WORDS.map(" ".join)))
def test_anything_said_raises_nothing(said: str) -> None:
    assert GRAMMAR.match(said) in {"a", "b", None}
    assert GRAMMAR.match_whole(said) in {"a", "b", None}
