"""When the money will run out, as callers tell it: «завтра к вечеру», «дня через два», «двадцатого», «уже ноль».

What is not understood to the last word is None; so is what has no place in the calendar.
"""

import re
from dataclasses import replace
from datetime import datetime, timedelta

from ivr.domain.calls import MOSCOW
from ivr.language.figures import STARTS_OVER, UNCLEAR, figured
from ivr.language.text import HESITATIONS, words
from ivr.language.time_spans import Moment, Span, spans
from ivr.language.time_words import ENDED

__all__ = ["Moment", "spoken_moment"]

NOT_ENOUGH = re.compile(
    r"\bне (?:хват(?:ит|ает)|дотян(?:ем|ет|у)|протян(?:ем|ет|у)|дожив(?:ем|ет)|про(?:держимся|живем))\b"
)
MORE = re.compile(r"(?<!не )\b(?:больше|более|дольше|свыше|минимум)\b|\bне (?:меньше|менее)\b")
_LINKS = frozenset(("", "или", "либо", "а то и", "может", "максимум", "и", "или может"))
UNION = timedelta(days=31)
"""«в пятницу или в понедельник»: two times so far apart are no one answer."""
_NEW_NUMBER = re.compile(r"(?:через |на )?(\d[\d,~-]*)")
AROUND = HESITATIONS | frozenset(
    words(
        "думаю наверное наверно может быть точно вроде бы кажется примерно максимум буквально случае лучшем"
        " худшем крайнем где то хватит хватает нам мне у нас меня еще уже только осталось остался осталась"
        " остается деньги денег денежки денежек там это что все всего закончатся закончится кончатся"
        " кончится обнулится обнулятся протянем протянет протяну дотянет дотянем дотяну доживем проживем"
        " продержимся отключат отключится выключат выключится вырубит вырубится свет света электричество на"
        " счетчике счетчик приборе баланс и же да должно должны будет без сидим отключили выключили"
        " кончились закончились кончилось закончилось кончился так самое большее есть когда скорее по моему"
        " я он она оно они если пожалуйста девушка здравствуйте алло ага ну уйдет уйдем минус ноль"
        " сегодняшний числа остались часов как а в районе приблизительно около или либо говорю сказал"
        " сказала потом позже израсходуем останемся надеюсь боюсь погас погасло вырубили обнулился"
        " обнулилось сядем сядет"
    )
)
"""Words that may stand around a time and say nothing about it."""


def spoken_moment(text: str, now: datetime) -> Moment | None:
    """What the caller says of when the money runs out; `now` is the call's clock. Never raises."""
    line = figured(text)
    if UNCLEAR in line or MORE.search(line):
        return None
    found: Span | None = None
    said = ""
    for part in STARTS_OVER.split(line):
        if not part.strip(" ,"):
            continue
        said = _mended(said, part.strip(" ,"))
        found = whole_moment(said, now.astimezone(MOSCOW))
        if found is None:
            return None
    return found.moment if found else None


def whole_moment(line: str, now: datetime) -> Span | None:
    """The time of a line that says nothing else; None if there is another word, no time, or one that cannot be."""
    found = undenied(spans(line, now), line)
    outside = re.sub(ENDED, " ", outside_of(line, spans(line, now)))
    if any(word not in AROUND for word in outside.split()):
        return None
    return one_of(found, line, now) if found else None


def undenied(found: list[Span], line: str) -> list[Span]:
    """Without what is said not to be: «не завтра, а послезавтра»."""
    return [one for one in found if not re.search(r"(?:^|\s)не $", line[: one.start])]


def outside_of(line: str, found: list[Span]) -> str:
    """The words outside the times, without what denies one."""
    pieces, at = [], 0
    for one in found:
        pieces.append(re.sub(r"(?:^|\s)(?:а )?не $", " ", line[at : one.start]))
        at = one.end
    return re.sub(r"(?<!\S),(?!\S)", " ", NOT_ENOUGH.sub(" ", " ".join([*pieces, line[at:]])))


def one_of(found: list[Span], line: str, now: datetime) -> Span | None:
    """What the times of one line mean together: «завтра или послезавтра», «через неделю, двадцать седьмого»."""
    together = found[0]
    for one in found[1:]:
        between = " ".join(line[together.end : one.start].replace(",", " ").split())
        linked = between in _LINKS or one.moment == together.moment
        joined = _together(together, one) if linked else None
        if joined is None:
            return None
        together = joined
    meant = together.moment
    if meant is None:
        return None
    if NOT_ENOUGH.search(line) and not meant.past:
        return replace(together, moment=Moment(now, meant.earliest))
    return together


def _together(first: Span, second: Span) -> Span | None:
    """What is in both; or from the first to the second."""
    one, other = first.moment, second.moment
    if one is None or other is None:
        return None
    if one.past != other.past:  # «уже отключили, вчера»: of the two the one that tells more
        over = one if one.past else other
        return Span(first.start, second.end, over) if _at_once(one) or _at_once(other) else None
    earliest, latest = max(one.earliest, other.earliest), min(one.latest, other.latest)
    if earliest > latest:
        earliest, latest = one.earliest, other.latest
        if earliest > other.earliest or latest - earliest > UNION:
            return None
    return Span(first.start, second.end, Moment(earliest, latest, one.past), first.sure or second.sure)


def _at_once(moment: Moment) -> bool:
    """Whether it is the present."""
    return moment.earliest == moment.latest and not moment.past


def _mended(before: str, after: str) -> str:
    """«на два дня, нет, на три»: only the number is said again."""
    number = _NEW_NUMBER.fullmatch(after)
    if number is None or len(re.findall(r"\d[\d,~-]*", before)) != 1:
        return after
    return re.sub(r"\d[\d,~-]*", number[1], before)
