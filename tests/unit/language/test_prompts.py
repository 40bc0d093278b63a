"""Prompts: slots into words, and mistakes that name their place."""

from pathlib import Path

import pytest

from ivr.language.prompts import PromptError, Prompts

FILE = """
reading:
  slots: {zone: text, last: number}
  source: conversation
  say: "Назовите показания {zone}."
  short: "Показания?"
  help: "Прошлый раз: {last}."
  hear_out: true
receipt:
  slots:
    {used: kwh, account: account, phone: phone, day: date, until: date_genitive, request: request,
     code: digits}
  source: rule
  say: "{used}; {account}; {phone}; {day}; {until}; {request}; {code}"
refund:
  source: notice
  notice: "Денежные средства будут зачислены."
  say: "Деньги зачислят {{скоро}}."
copy: &copy
  source: conversation
  say: "Раз."
other:
  <<: *copy
  say: "Два."
register.day:
  source: rule
  say: "дня"
bill:
  slots: {sum: money, below: number_genitive, at: time, value: number}
  source: rule
  say: "{sum}, меньше {below}, в {at}: {value}"
ask:
  slots: {which: term, on: date}
  source: rule
  say: "Показания {which}, {on}?"
"""
RECEIPT = {
    "used": 2,
    "account": "0512",
    "phone": "+79161234501",
    "day": "2024-11-20",
    "until": "2024-11-26",
    "request": "1018",
    "code": "10",
}


def load(folder: Path, text: str = FILE) -> Prompts:
    (folder / "prompts.yaml").write_text(text, "utf-8")
    return Prompts.load(folder)


@pytest.fixture
def prompts(tmp_path: Path) -> Prompts:
    return load(tmp_path)


def test_texts(prompts: Prompts) -> None:
    assert prompts.text("reading", {"zone": "дня", "last": 5}) == "Назовите показания дня."
    assert prompts.text("reading.short", {"zone": "дня", "last": 5}) == "Показания?"
    assert prompts.text("reading.help", {"last": 12}) == "Прошлый раз: двенадцать."
    assert prompts.text("refund", {}) == "Деньги зачислят {скоро}."
    assert (prompts.text("copy", {}), prompts.text("other", {})) == ("Раз.", "Два.")
    assert prompts.text("ask", {"which": "register.day", "on": "2024-11-20"}) == (
        "Показания дня, двадцатое ноября?"
    )
    assert prompts.text("receipt", RECEIPT) == (
        "Два киловатт-часа; ноль пять, двенадцать; "
        "восемь, девятьсот шестнадцать, сто двадцать три, сорок пять, ноль один; "
        "двадцатое ноября; двадцать шестого ноября; десять, восемнадцать; один, ноль"
    )


BILL = {"sum": 30050, "below": 1200, "at": "15:30", "value": 12345}


def test_cases_money_and_time(prompts: Prompts) -> None:
    assert prompts.text("bill", BILL) == (
        "Триста рублей пятьдесят копеек, меньше одной тысячи двухсот, "
        "в пятнадцать часов тридцать минут: двенадцать тысяч триста сорок пять"
    )


def test_slow_speech_is_asked_for_by_the_caller_and_no_slot_knows_of_it(prompts: Prompts) -> None:
    assert prompts.text("bill", BILL, slow=True) == (
        "Триста рублей, пятьдесят копеек, меньше одной тысячи, двухсот, "
        "в пятнадцать часов тридцать минут: двенадцать тысяч, триста, сорок пять"
    )
    assert prompts.text("receipt", RECEIPT, slow=True) == (
        "Два киловатт-часа; ноль пять, один два; "
        "восемь, девять один шесть, один два три, четыре пять, ноль один; "
        "двадцатое ноября; двадцать шестого ноября; один ноль, один восемь; один, ноль"
    )


def test_what_is_known(prompts: Prompts) -> None:
    assert prompts.ids() == (
        "reading",
        "reading.short",
        "reading.help",
        "receipt",
        "refund",
        "copy",
        "other",
        "register.day",
        "bill",
        "ask",
    )
    assert (prompts.has("reading.short"), prompts.has("reading.keys"), prompts.has("x")) == (
        True,
        False,
        False,
    )
    assert (prompts.hear_out("reading.short"), prompts.hear_out("refund")) == (True, False)
    assert prompts.prompt("refund").source == "notice"


@pytest.mark.parametrize(
    ("prompt", "slots", "named"),
    [
        ("nothing", {}, ["nothing"]),
        ("reading", {"last": 1}, ["reading", "'zone'", "missing"]),
        ("reading", {"zone": "дня", "more": 7}, ["reading", "'more'", "7"]),
        ("reading", {"zone": 3}, ["reading", "'zone'", "3"]),
        ("reading.help", {"last": "12"}, ["reading.help", "'last'", "'12'"]),
        ("reading.help", {"last": True}, ["'last'", "True"]),
        ("ask", {"which": "register.dusk", "on": "2024-11-20"}, ["register.dusk"]),
        ("receipt", RECEIPT | {"day": "20 ноября"}, ["receipt", "'day'", "20 ноября"]),
        ("bill", BILL | {"at": "half"}, ["bill", "'at'", "half"]),
        ("receipt", RECEIPT | {"account": "05-12"}, ["receipt", "'account'", "05-12"]),
    ],
)
def test_wrong_slots(prompts: Prompts, prompt: str, slots: dict[str, object], named: list[str]) -> None:
    with pytest.raises(PromptError) as error:
        prompts.text(prompt, slots)
    assert all(name in str(error.value) for name in named)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("показания {zone}", "показания {zones}"),
        ("показания {zone}", "показания {zone!r}"),
        ("показания {zone}", "показания {zone:>9}"),
        ("показания {zone}", "показания {zone"),
        ("показания {zone}", "показания {}"),
        ("zone: text", "zone: words"),
        ("source: conversation", "source: rumour"),
        ("source: conversation", "source: notice"),
        ("source: rule", "source: rule\n  notice: words"),
        ('say: "Назовите', 'said: "Назовите'),
        ("hear_out: true", "hear_out: maybe"),
        ('short: "Показания?"', 'short: " "'),
        ("refund:", "reading:"),
        ("refund:", "reading.short:"),
        ("slots: {zone: text, last: number}", "slots: zone"),
        (FILE, "reading: text"),
    ],
)
def test_broken_files(tmp_path: Path, old: str, new: str) -> None:
    assert old in FILE
    with pytest.raises(PromptError, match=r"prompts\.yaml"):
        load(tmp_path, FILE.replace(old, new, 1))
