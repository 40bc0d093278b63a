"""`ivr understand`: a JSON line for each line, of the fields of the contract, whatever comes in."""

import io
import json

import pytest
from click.testing import CliRunner

from ivr.cli import main

BAD = [
    "",
    "   ",
    "а" * 10_000,
    "двенадцать " * 1_000,
    "hello world",
    "١٢٣٤٥",
    "１２３４５",
    "😀🔥",
    "cвeт",  # Latin look-alikes
    "миллиард миллиардов",
    "\ufffd\u0301\u200b",
    "ноль " * 500 + "нет",
    '"\\',
]


def understand(*words, lines=None):
    given = None if lines is None else io.BytesIO("".join(f"{line}\n" for line in lines).encode())
    result = CliRunner().invoke(main, ["understand", *words], input=given, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_number():
    (answer,) = understand("number", "двенадцать триста сорок пять запятая семь")
    assert answer["text"] == "двенадцать триста сорок пять запятая семь"
    assert answer["values"][0] == {"value": "12345", "cost": 2.0}
    assert answer["dropped"] == "7"
    assert len(answer["values"]) > 1


def test_a_number_for_a_register():
    words = ("number", "--digits", "5", "--last", "20400", "--usual", "150")
    assert understand(*words, "двадцать пять сорок один")[0]["values"][0]["value"] == "20541"
    assert understand("number", "двадцать пять сорок один")[0]["values"][0]["value"] == "2541"
    assert understand(*words, "сто двадцать три четыреста пятьдесят шесть")[0]["values"] == []


def test_at_most_twenty_values_of_ten_digits_dearer_and_dearer():
    (answer,) = understand(
        "number", "двадцать один сорок один двадцать один, нет, тридцать два, нет, сорок три, пять"
    )
    costs = [value["cost"] for value in answer["values"]]
    assert len(costs) == 20  # of more
    assert costs == sorted(costs)
    assert all(len(value["value"]) <= 10 for value in answer["values"])


def test_leading_zeros_stay():
    assert understand("number", "два нуля сто пять")[0]["values"][0]["value"] == "00105"


@pytest.mark.parametrize(
    ("said", "meaning"), [("нет, всё верно", "yes"), ("да нет", "no"), ("да, но", None), ("кошка", None)]
)
def test_yes_or_no(said, meaning):
    assert understand("yesno", said) == [{"text": said, "meaning": meaning}]


def test_the_menu():
    (sure, none) = understand("menu", "хочу передать показания", "кошка села на окошко")
    assert sure.keys() == {"text", "meaning", "score", "or"}
    assert (sure["meaning"], sure["or"]) == ("submit_readings", None)
    assert (none["meaning"], none["or"]) == (None, None)


@pytest.mark.parametrize("kind", ["menu", "number", "yesno"])
def test_a_line_out_for_each_line_in(kind):
    answers = understand(kind, "--stdin", lines=BAD)
    assert [answer["text"] for answer in answers] == BAD
    assert [answer.get("meaning") for answer in answers] == [None] * len(BAD)


def test_bytes_that_are_no_text():
    result = CliRunner().invoke(main, ["understand", "yesno", "--stdin"], input=b"\xff\xfe\n\xd0\n")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 2


@pytest.mark.parametrize(
    "words", [("menu",), ("number", "--stdin", "пять"), ("number", "--digits", "0", "пять")]
)
def test_asked_wrongly(words):
    result = CliRunner().invoke(main, ["understand", *words])
    assert result.exit_code == 2
    assert "Ошибка" in result.output
