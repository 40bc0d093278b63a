"""What a caller says of a prepaid meter in one sentence: how much is left, and until when.

«осталось двести рублей, дня на три хватит». Here other words may stand around, where a money unit or a time says
itself what it is; a payment («три дня назад платила двести рублей»), a bill, a tariff are no balance.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from ivr.domain.calls import MOSCOW
from ivr.language.amounts import KOPECKS, RUBLES, Money, named_money, other_words, spoken_money
from ivr.language.figures import STARTS_OVER, UNCLEAR, figured
from ivr.language.moments import (
    AROUND,
    MORE,
    NOT_ENOUGH,
    Moment,
    one_of,
    outside_of,
    spoken_moment,
    undenied,
)
from ivr.language.time_spans import spans, tense


@dataclass(frozen=True)
class Balance:
    """What is left and when it runs out, each None if it was not said."""

    money: Money | None
    until: Moment | None


_ANOTHER = re.compile(
    r"\b(?:плати\w*|заплати\w*|оплат\w*|оплач\w*|внес\w*|вношу|внос\w*|полож\w+|клала?|кладу|кину\w+|закин\w+"
    r"|пополн\w+|перевед\w+|перевел\w*|снял\w*|списал\w*|списыва\w*|потрат\w+|тратит\w*|трачу|расход\w*"
    r"|куп\w+"
    r"|стоит|стоил\w*|тариф\w*|квитанци\w+|счет за|пенси\w+|зарплат\w+|штраф\w*|субсиди\w*|пени|вернит\w*"
    r"|верну\w*"
    r"|за (?:свет|воду|газ|электр\w+|квартир\w+|месяц|киловатт\w*)|карта|карту|телефон\w*|мобил\w+"
    r"|интернет\w*"
    r"|вод[аыуе]|водой|горяч\w+|газ\w*|отоплени\w+|домофон\w*|лифт\w*|такси\w*|батаре\w+|аппарат\w*"
    r"|генератор\w*"
    r"|звонил\w*|позвони\w*|перезвони\w*|обещал\w*|приходил\w*|приезжал\w*|приход\w+|прид\w+|приед\w+"
    r"|уезжа\w*"
    r"|уеду|поед\w*|работа\w*|день рождения|если(?! не ошиба)|(?<!то )ли|сколько|(?:хочу|хотела?) (?:знать"
    r"|узнать|проверить))\b"
)
"""A clause with such a word is of something else, or asks."""
_OF_BALANCE = re.compile(
    r"\b(?:остал(?:ось|ся|ась|ись)|остается|сейчас|теперь|счетчик\w*|прибор\w*|щитк\w*|показыва\w+|показал\w*|баланс\w*"
    r"|остат\w+|там|на нем"
    r"|минус\w*|долг\w*|задолженност\w+|ден\w+|у (?:меня|нас)|написан\w+|горит|свет[ия]т\w*|мигает|высве\w+"
    r"|экран\w*"
    r"|табло|было|был|смотрел\w*|посмотрел\w*|глянул\w*)\b"
)
"""A clause with an amount and such a word is of what is left, whatever else it says."""
_NAMED = re.compile(rf"\b(?:{RUBLES}|{KOPECKS}|минус\w*|долг\w*|задолженност\w+|баланс\w*|остат\w+|ден\w+)\b")
_OF_MONEY = re.compile(r"\b(?:ден\w+|баланс\w*|рубл\w+|копе\w+|минус\w*|счетчик\w*|предоплат\w+|0)\b")
_BESIDE_IT = re.compile(
    r"\bчтобы?(?: \w+){0,3}? (?:от|вы)ключил\w+|\b(?:от|вы)ключил\w+(?: \w+){0,2}? (?:предоплат|аванс"
    r"|функци|режим)\w*"
    r"|\b(?:предоплат|аванс)\w*(?: \w+)? (?:от|вы)ключил\w+|\bне (?:от|вы)ключил\w+"
)
"""What is switched off here is not the power."""
_DOUBTS = re.compile(r"\b(?:я )?(?:точно )?не (?:знаю|помню|уверена?)(?: точно)?\b")
_CLAUSES = re.compile(r"(?:^| ),(?: |$)|(?<=\S)(?<!\bне) (?=(?:осталось|остался|думаю|а сейчас|а теперь)\b)")
_ENDED = re.compile(
    r"\b(?:(?:за|по)?кончил\w+|обнулил\w+|(?:от|вы)ключил\w+|вырубил\w+|погас\w*|в минус\w*|вышли"
    r"|уже (?:все|ноль|0|в минусе|пусто|нету?|без света|на нуле))\b"
)
_OF_END = re.compile(r"(?:до|к|через|на) |(?:день|час|дня|дней|часа|часов|недели|недель) ")
_NEW_NUMBER = re.compile(r"(?:через |на )?(\d[\d,~-]*)")


def spoken_balance(text: str, now: datetime, bare: bool = False) -> Balance:
    """What of both is said; `bare`: a number without «рублей» counts as money, since it was asked. Never raises."""
    line, now = figured(text), now.astimezone(MOSCOW)
    money, until = spoken_money(text), spoken_moment(text, now)
    if money is not None and not (bare or _NAMED.search(line)):
        money = None
    if until is not None and money is None:
        money = named_money(_without_times(line, now))
    if money is not None or until is not None:
        return Balance(money, until)
    line = _DOUBTS.sub(" ", _BESIDE_IT.sub("предоплата", line))
    before: list[str] = []
    for segment in STARTS_OVER.split(line):
        clauses = _corrected(before, [one.strip() for one in _CLAUSES.split(segment) if one.strip(" ,")])
        told = _of_the_meter(clauses)
        money = _money(told, now, bare) or money
        until = _until(told, now, believed=money is not None) or until
        before = clauses or before
    return Balance(money, until)


def _corrected(before: list[str], clauses: list[str]) -> list[str]:
    """«на два дня, нет, на три»: the clause before with the number said again."""
    number = _NEW_NUMBER.fullmatch(clauses[0]) if clauses and before else None
    if number is None or len(re.findall(r"\d[\d,~-]*", before[-1])) != 1:
        return clauses
    return [re.sub(r"\d[\d,~-]*", number[1], before[-1]), *clauses[1:]]


def _of_the_meter(clauses: list[str]) -> list[str]:
    """Without those about a payment or a bill, and without a bare amount beside such a one."""
    another = [bool(_ANOTHER.search(one)) for one in clauses]
    lacking = [bad and named_money(one) is None for one, bad in zip(clauses, another, strict=True)]
    return [
        one
        for at, one in enumerate(clauses)
        if not another[at]
        and UNCLEAR not in one
        and not (any(lacking[max(at - 1, 0) : at + 2]) and named_money(one) and not _OF_BALANCE.search(one))
    ]


def _money(clauses: list[str], now: datetime, bare: bool) -> Money | None:
    found = [
        (one, money) for one in clauses if (money := _amount(_without_times(one, now), bare)) is not None
    ]
    for choice in (
        {money for _, money in found},
        {money for _, money in found if money.kopecks < 0},
        {money for one, money in found if _OF_BALANCE.search(one)},
    ):
        if len(choice) == 1:
            return choice.pop()
    return None


def _amount(clause: str, bare: bool) -> Money | None:
    """What a clause without its times says is left; other words in it need one that says so."""
    money = named_money(clause) or (spoken_money(clause) if bare else None)
    if money is None or not _strangers(clause) or (money.kopecks and _of_the_end(clause)):
        return money
    return money if (_OF_BALANCE if money.kopecks else _OF_MONEY).search(clause) else None


def _strangers(clause: str) -> bool:
    return any(word not in AROUND for word in other_words(clause))


def _without_times(clause: str, now: datetime) -> str:
    """A clause without its times, but for words that it is over already: they say something of the money."""
    times = (
        one for one in spans(clause, now) if one.moment is None or one.moment.latest != one.moment.earliest
    )
    return outside_of(clause, list(times))


def _until(clauses: list[str], now: datetime, *, believed: bool) -> Moment | None:
    """`believed`: an amount was said beside, so that a time needs no verb."""
    believed = believed or any(_of_the_end(one) for one in clauses)
    found: Moment | None = None
    for one in clauses:
        moment = _end(one, now, believed=believed)
        if moment is None:
            continue
        if found is None:
            found = moment
        elif found.past != moment.past:
            past, other = (found, moment) if found.past else (moment, found)
            found = past if other.latest == now else other
        else:
            earliest, latest = max(found.earliest, moment.earliest), min(found.latest, moment.latest)
            if earliest > latest:
                return None
            found = Moment(earliest, latest, found.past)
    return found


def _end(clause: str, now: datetime, *, believed: bool) -> Moment | None:
    """The time that a clause names for the end: said with its verb, with an amount, or alone."""
    every = undenied(spans(clause, now), clause)
    outside, of_the_end = outside_of(clause, every), _of_the_end(clause)
    found = [one for one in every if one.moment is None or not one.moment.past or _ENDED.search(clause)]
    if not of_the_end:
        found = [one for one in found if believed and (one.sure or not _strangers(outside))]
        if _strangers(outside):
            found = [
                one for one in found if named_money(outside) and _OF_END.match(clause[one.start : one.end])
            ]
    if not found or MORE.search(clause):
        return None
    meant = one_of(found, clause, now)
    return meant.moment if meant else None


def _of_the_end(clause: str) -> bool:
    """Whether a verb in it says that the money lasts or ends."""
    if NOT_ENOUGH.search(clause) or tense(clause) == "future":
        return True
    return _ENDED.search(clause) is not None and (bool(_OF_MONEY.search(clause)) or not _strangers(clause))
