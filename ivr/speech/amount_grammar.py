"""The words of money left and of when it runs out, for the questions that take either: «рублей двести, дня на три».

Which of them make sense together the language's modules know (amounts.py, moments.py); here they are only heard. As
with numbers (number_grammar.py), what is mostly said stands often.
"""

from collections.abc import Iterator
from itertools import product

from ivr.language import amounts, moments
from ivr.language.number_words import ATOMS
from ivr.language.text import words
from ivr.speech.number_grammar import OFTEN, Phrase, whole_numbers

DIGITS = 6
"""Of an amount in roubles; more nobody has on a meter."""
_MONEY = words("рублей рубля рубль рублями рублик рубликов копеек копейки копейка копейку копеечки")
_SIGNS = words(
    "минус минусе долг долга долги задолженность должна должны должен уже ушло ушли пусто ничего нулям"
)
_UNITS = words(
    "день дня дней дням денек денька деньков сутки суток неделя недели неделю недель недельку месяц месяца месяцев"
    " неделе месяце час часа часов часик минут минуту минутку полчаса полдня"
)
_DAYS = words(
    "сегодня завтра послезавтра вчера позавчера завтрашнего завтрашнему понедельник понедельника понедельнику вторник"
    " вторника вторнику среда среду среды среде четверг четверга четвергу пятница пятницу пятницы пятнице суббота"
    " субботу субботы субботе воскресенье воскресенья воскресенью выходные выходных выходным"
)
_MONTHS = words(
    "января феврале февраля марта марте апреля апреле мая мае июня июне июля июле августа августе сентября сентябре"
    " октября октябре ноября ноябре декабря декабре январе новому новый новым году года"
)
_PARTS = words(
    "утро утра утром утру день днем вечер вечера вечером вечеру ночь ночи ночью обед обеда обеду начале начала"
    " начало середине середины середину конце конца концу конец числа числу дата"
)
_BETWEEN = words(
    "через на до к ко в во с со за под после около примерно приблизительно порядка почти где то или либо а не и"
    " больше меньше более менее чем свыше максимум минимум силы от пару полтора пол сию прямо сейчас вот только что"
    " назад этой эту этот следующей следующую следующий ближайшие будущей прошлой прошлую той спустя хвостиком"
    " небольшим лишним половиной копейками мелочью какие районе плюс ни чуть скоро течение"
)
_SAID_OFTEN = (
    *_MONEY[:3],
    *words("копеек через на до к дня дней день неделю недели завтра послезавтра сегодня"),
)
_COUNTED = words("один одну два две три четыре пять шесть семь восемь девять десять пару")
_ENDINGS = ("ого", "его", "ому", "ему", "ье", "ое")
"""Of an ordinal that names a day of the month: «к двадцатому», «второе»."""


def amounts_and_times() -> Iterator[Phrase]:
    """Numbers, money, times, and what stands around them."""
    yield from whole_numbers(DIGITS)
    for word in _SAID_OFTEN:
        yield from [(word,)] * OFTEN
    around = [*amounts.AROUND, *moments.AROUND]
    for word in sorted({*_MONEY, *_SIGNS, *_UNITS, *_DAYS, *_MONTHS, *_PARTS, *_BETWEEN, *around, *_dates()}):
        yield (word,)
    yield from product(("через", "на"), _COUNTED)
    yield from product(_COUNTED, ("дня", "дней", "недели", "часа", "часов"))
    yield from product(("дня", "дней", "часа", "часов", "недели"), ("через", "на"))
    yield from product(("до", "к", "в", "на", "с"), (*_DAYS, *_PARTS))


def _dates() -> set[str]:
    return {
        word
        for word, atom in ATOMS.items()
        if atom.kind == "C" and 1 <= atom.value <= 31 and word.endswith(_ENDINGS)
    }
