"""Money left on a prepaid meter, as callers tell it: «рублей двести», «минус пятьдесят», «ничего не осталось».

An amount without a unit is roubles; kopecks only where a unit or the decimal sign was said. What is not understood
to the last word is None.
"""

import re
from dataclasses import dataclass, replace

from ivr.language.figures import STARTS_OVER, figured
from ivr.language.text import HESITATIONS, clean, words

MOST_ROUBLES, MOST_UNNAMED = 100_000_000, 100_000
"""More is no sum that anybody means; more without «рублей» is an account, a phone, a reading."""


@dataclass(frozen=True)
class Money:
    """An amount in kopecks, below zero for a debt; `about` if it was said as a guess or as a bound."""

    kopecks: int
    about: bool = False


@dataclass(frozen=True)
class _Amount:
    money: Money
    unit: str
    """"rub", "kop", both ("rubkop"), or nothing."""


_N = r"\d+(?:[.,]\d\d?)?"
RUBLES = r"(?:рубл(?:ь|ями|ям|ях|ей|ем|я|ю|е|и|иками|иков|ики|ика|ик)|руб|р|рэ|рубчик(?:ов|а|и)?|целковых)"
KOPECKS = r"(?:копе(?:йк(?:а|и|е|у|ой|ам|ами|ах)|ек|ечек|ечки|ечку)|коп)"
_AND = r"(?: ,| и)*"
_LAYOUTS = tuple(
    (unit, re.compile(pattern))
    for unit, pattern in (
        ("rubkop", rf"(?P<rub>\d+) {RUBLES}{_AND} (?P<kop>\d\d?) {KOPECKS}"),
        ("rubkop", rf"(?P<one>рубль){_AND} (?P<kop>\d\d?)(?: {KOPECKS})?"),
        ("rubkop", rf"(?P<rub>\d+) {RUBLES} (?P<kop>\d\d)(?! \d| {RUBLES})"),
        ("rubkop", rf"(?P<rub>\d+)(?: ,| и)+ (?P<kop>\d\d?) {KOPECKS}"),
        ("rub", rf"(?P<low>\d+)(?:[-~]| или )\d+ {RUBLES}"),
        ("rub", rf"{RUBLES} (?P<low>\d+)(?:[-~]| или )\d+"),
        ("rub", rf"(?P<rub>{_N}) {RUBLES}"),
        ("rub", rf"{RUBLES} (?P<turned>\d+)"),
        ("kop", rf"(?P<kop>\d\d?) {KOPECKS}"),
        ("rub", r"(?P<one>рубль)"),
        ("", r"(?P<low>\d+)(?:-| или )\d+"),
        ("", r"(?P<low>\d+)~\d{3,}"),
        ("", rf"(?P<rub>{_N})"),
    )
)
_INSIDE = tuple((unit, re.compile(rf"(?<!\S)(?:{one.pattern})(?!\S)")) for unit, one in _LAYOUTS if unit)
_OF_AMOUNT = re.compile(rf"\d[\d.,~-]*|{RUBLES}|{KOPECKS}|,|и")
_ENDED = r"(?:за|по)?кончил(?:ись|ось|ся|ась)|обнулил(?:ись|ось|ся)"
_NOTHING = re.compile(
    r"(?:ни )?(?:ноль|нуль|нули|0|ничего|нисколько|нисколечко|пусто)(?: нету?| не)?"
    r"|ни (?:копейки|копеечки|рубля)(?: нету?)?|(?:копейки|рубля) нету?"
    r"|(?:нету?|не осталось) (?:ничего|ни рубля|ни копейки)"
    r"|(?:нулям|нуле|нулю)|1 нули|3 нуля|нулевой"
    rf"|{_ENDED}"
)
_NOTHING_AT_ALL = re.compile(
    r"\b(?:денег (?:уже |больше |там )?(?:нету?|не осталось)|(?:нету?|не осталось) (?:уже |больше )?(?:денег|ничего)"
    r"|(?:ничего|нисколько|ни копейки|ни рубля)(?: там| уже)? (?:не осталось|нету?)|ни копейки|по нулям|на нуле"
    rf"|(?:деньги|рубли) (?:уже |все |там )*(?:{_ENDED}|вышли)|(?:{_ENDED}) (?:уже |все )*(?:деньги|рубли)"
    rf"|нулевой баланс|баланс нулевой|0 рублей(?! (?:[,и] )*\d)|{_ENDED})\b"
)
_NEGATIVE = r"(?:минус\w*|долг[уа]?|задолженност[ьи]|должн[аы]|должен)"
_GONE = re.compile(r"\bуш(?:ло|ли|ла|ел)\b")
"""«в минус на двести ушло»; «двести ушло» is something spent."""
_SIGN = re.compile(rf"\b{_NEGATIVE}(?!\S)")
_SIGN_BEFORE = re.compile(rf"(?<!\S){_NEGATIVE}(?: [^\d ]+){{0,3}} $")
_ABOUT = re.compile(
    r"\b(?:около|примерно|приблизительно|где то|порядка|почти|под(?= \d)|в районе|плюс минус|может(?: быть)?"
    r"|с (?:чем то|лишним|небольшим|хвостиком|хвостом|копейками|мелочью|копеечками)|наверное?|наверно|кажется"
    r"|вроде(?: бы)?|по моему|не (?:меньше|больше|более|менее)(?: чем)?|от силы|максимум|минимум|едва"
    r"|какие то"
    r"|(?:чуть |немного |немножко )?(?:меньше|больше|более|менее|свыше)(?: чем)?(?= \d)|пожалуй|хорошо если"
    r"|думаю"
    r"|не (?:наберется|набирается|будет|осталось))\b"
)
_LESS = re.compile(
    r"\b(?:нету? (?:и|даже|там|уже|и даже) (?P<after>\d+)"
    rf"|(?P<before>\d+)(?: {RUBLES})? нету?\b(?: даже| уже| там)*$)"
)
_GENITIVE = re.compile(
    r"\b(?:ста|сорока|девяноста|\w+сот|\w*десяти|\w+надцати|двадцати|тридцати|пяти|тысячи)\b"
)
_DENIED = re.compile(rf"\bне {_N}(?: {RUBLES})?,? (?:, )?а (?=\d)")
_NOT_THAT = re.compile(rf"(?<=\S) (?:, )?а не {_N}(?: {RUBLES})?$")
AROUND = HESITATIONS | frozenset(
    words(
        "осталось остался осталась остались остается останется там на счетчике счетчик счету счете"
        " показывает показал показало показывают у меня нас мне деньги денег денежек денежки деньгами баланс"
        " балансе остаток остатка лежит лежат числится висит всего лишь только сейчас щас теперь еще пока"
        " есть имеется экран экране экранчике табло дисплее сумма суммы написано светится горит пишет пишут"
        " выходит получается уже же да и с в во вот так это пожалуйста девушка здравствуйте алло ага угу бы"
        " ровно прямо даже плюс плюсе минусе все было был сегодня говорю сказала сказал жалкие каких"
        " несчастные последние целых то как по а приборе"
    )
)
"""Words that may stand around an amount and say nothing about it."""


def spoken_money(text: str) -> Money | None:
    """What the caller says is left; None if anything in it is not understood. Never raises."""
    line = figured(text)
    if _NOTHING.fullmatch(_bare(line)) or (
        _NOTHING_AT_ALL.search(line) and not _bare(_NOTHING_AT_ALL.sub("", line))
    ):
        return Money(0)
    if (less := _LESS.search(line)) and _GENITIVE.search(clean(text)):
        line = f"{line[: less.start()]}около {less['after'] or less['before']} {line[less.end() :]}"
    line = _NOT_THAT.sub("", _DENIED.sub("", line))
    parts = STARTS_OVER.split(line)
    if len(parts) > 1 and not _bare(parts[-1]):
        return None
    amounts = [_whole(part) for part in parts if _bare(part)]
    found: _Amount | None = None
    for amount in amounts:
        if amount is None:
            return None
        found = amount if found is None else _mended(found, amount)
    return found.money if found else None


def named_money(line: str) -> Money | None:
    """The one amount with a unit, or the word that nothing is left, in a clause that `figured` made."""
    if _NOTHING_AT_ALL.search(line):
        return Money(0)
    plain, about = _unguessed(line)
    for unit, pattern in _INSIDE:
        found = pattern.search(plain)
        if found is None:
            continue
        before, after = plain[: found.start()], plain[found.end() :]
        if any(one.search(before) or one.search(after) for _, one in _INSIDE):
            return None
        negative = _SIGN_BEFORE.search(before) or re.match(r" минус(?! \d)", after)
        amount = _amount(found, unit)
        return _signed(amount, bool(negative), about).money if amount else None
    return None


def other_words(line: str) -> list[str]:
    """The words of a line that belong to no amount and may not stand around one."""
    plain = _SIGN.sub(" ", _unguessed(_NOTHING_AT_ALL.sub(" ", line))[0])
    return [word for word in plain.split() if word not in AROUND and not _OF_AMOUNT.fullmatch(word)]


def _whole(line: str) -> _Amount | None:
    """The amount of words that say nothing else."""
    if _NOTHING.fullmatch(_bare(line)):
        return _Amount(Money(0), "rub")
    unguessed, about = _unguessed(line)
    plain = _SIGN.sub(" ", unguessed)
    negative = plain != unguessed
    plain = _bare(_GONE.sub(" ", plain) if negative else plain)
    if (twice := re.fullmatch(r"(.+?)(?: ,)+ (.+)", plain)) and twice[1] == twice[2]:
        plain = twice[1]
    for unit, pattern in _LAYOUTS:
        if found := pattern.fullmatch(plain):
            amount = _amount(found, unit)
            return _signed(amount, negative, about) if amount else None
    return None


def _unguessed(line: str) -> tuple[str, bool]:
    """The line without the words that make an amount a guess, and whether it had one."""
    plain = _ABOUT.sub(" ", line)
    return " ".join(plain.split()), plain != line


def _bare(line: str) -> str:
    """Without the words that may stand around; commas and «и» at the ends too."""
    kept = [one for one in line.split() if one not in AROUND or one == "и"]
    return re.sub(r"^(?:[,и] ?\b|, ?)+|(?: [,и])+$|^[,и]$", "", " ".join(kept)).strip(" ,")


def _signed(amount: _Amount, negative: bool, about: bool) -> _Amount:
    kopecks = -amount.money.kopecks if negative else amount.money.kopecks
    return replace(amount, money=Money(kopecks, about or amount.money.about))


def _amount(found: re.Match[str], unit: str) -> _Amount | None:
    said = found.groupdict()
    about = bool(said.get("low") or said.get("turned"))
    roubles, _, part = (
        (said.get("rub") or said.get("low") or said.get("turned") or ("1" if said.get("one") else "0"))
        .replace(".", ",")
        .partition(",")
    )
    kopecks = int(said.get("kop") or part.ljust(2, "0"))
    if int(roubles) >= (MOST_ROUBLES if unit else MOST_UNNAMED):
        return None
    return _Amount(Money(int(roubles) * 100 + kopecks, about), unit)


def _mended(before: _Amount, after: _Amount) -> _Amount:
    """«двести пятьдесят, нет, шестьдесят» → 260; «…рублей тридцать копеек, нет, сорок копеек» → 40; else all anew."""
    was, now = before.money, after.money
    if before.unit == "rubkop" and after.unit == "kop":
        return replace(before, money=replace(was, kopecks=was.kopecks // 100 * 100 + now.kopecks))
    places = 10 ** len(str(abs(now.kopecks)))
    if not before.unit and now.kopecks > 0 and was.kopecks > places and was.kopecks % places:
        return replace(after, money=replace(now, kopecks=was.kopecks - was.kopecks % places + now.kopecks))
    return after
