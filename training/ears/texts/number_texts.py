"""Numbers as callers say them: readings, accounts, telephones, money, dates; and all number words evenly."""

from training.ears.texts import numbers_said as said
from training.ears.texts import odd_words as odd
from training.ears.texts.draws import Draws

READING_SIZES = (2, 3, 3, 4, 4, 5, 5, 5, 5, 5, 6)
STRING_SIZES = (2, 3, 4, 4, 5, 5, 5, 5, 5, 6, 6, 7, 8, 10)
GROUP_SIZES = (1, 2, 2, 2, 3, 3)
NUL = 0.15
"""How often zero is «нуль»."""


class NumberTexts:
    """Says numbers; a comma is a pause."""

    def __init__(self, draws: Draws) -> None:
        self._draws = draws

    def single_digit(self) -> str:
        """A digit alone, or its noun: «пять», «две», «пятёрка»."""
        if self._draws.chance(0.15):
            return self._draws.next("digit nouns", odd.DIGIT_NOUNS)
        return self._draws.next("digits", (*said.UNITS[:11], "одна", "одно", "две", "нуль"))

    def digit_string(self) -> str:
        """2 to 10 digits one by one, sometimes with leading zeros or a tenth."""
        text = self._draws.digits(self._draws.any(STRING_SIZES))
        if self._draws.chance(0.1):
            text = "0" * self._draws.any((1, 2)) + text[1:]
        words = self._digits(text)
        if len(words) == 5 and self._draws.chance(0.1):
            words += ["запятая", *self._digits(self._draws.digits(1))]
        return self._within(self._draws.paused(words), 0.12)

    def even(self) -> str:
        """Number words in turn, alone or beside others: none is rarer than another."""
        every = (*said.PLAIN, *odd.SCALES)
        kind = self._draws.rng.random()
        if kind < 0.3:
            return self._draws.next("number words", every)
        if kind < 0.6:
            count = self._draws.any((2, 3, 4))
            return self._draws.paused([self._draws.next("number words", every) for _ in range(count)])
        return self._draws.next("number forms", odd.FORMS)

    def contrast(self) -> str:
        """Words that are easily taken for each other: «не пятьдесят, а пятнадцать»."""
        words = self._draws.rng.choices(self._draws.any(odd.CONTRASTS), k=self._draws.any((1, 2, 3)))
        if len(words) == 2 and self._draws.chance(0.4):
            return f"не {words[0]}, а {words[1]}"
        return self._draws.paused(words)

    def reading(self) -> str:
        """A meter's figure: whole, in groups, with tenths or kilowatts, by zones."""
        kind = self._draws.rng.random()
        if kind < 0.2:
            zones = self._draws.rng.sample(odd.ZONES, 2)
            return ", ".join(f"{zone} {self._figure()}" for zone in zones)
        text = self._figure()
        if kind < 0.4:
            text = f"{text} {self._tenths()}"
        elif kind < 0.52:
            text = f"{text} {self._draws.any(odd.UNITS_AFTER)}"
        return self._within(text, 0.15)

    def other(self) -> str:
        """Money, a telephone, an account, a date, in turn by chance."""
        return self._draws.any((self.money, self.telephone, self.account, self.date))()

    def money(self) -> str:
        """Roubles, some with kopecks."""
        most = self._draws.any((99, 999, 9999))
        roubles = self._draws.rng.randint(1, most)
        words = said.counted(
            100 * (roubles // 100) or 100 if self._draws.chance(0.4) else roubles, said.ROUBLES
        )
        if self._draws.chance(0.4):
            words += said.counted(self._draws.rng.randint(1, 99), said.KOPECKS, feminine=True)
        return " ".join(words)

    def telephone(self) -> str:
        """A mobile number."""
        start = self._draws.any(("восемь ", "плюс семь ", ""))
        return start + self._grouped("9" + self._draws.digits(9))

    def account(self) -> str:
        """Ten digits."""
        number = self._draws.digits(10)
        text = self._draws.paused(self._digits(number)) if self._draws.chance(0.4) else self._grouped(number)
        return f"{self._draws.any(odd.ACCOUNT)} {text}" if self._draws.chance(0.4) else text

    def date(self) -> str:
        """«Двадцать третье ноября»."""
        return f"{self._draws.next('days', odd.DAYS)} {self._draws.next('months', odd.MONTHS)}"

    def _figure(self) -> str:
        text = self._draws.digits(self._draws.any(READING_SIZES))
        if self._draws.chance(0.55):
            return " ".join(said.cardinal(int(text), bare_thousand=self._draws.chance(0.7)))
        return self._grouped(text)

    def _tenths(self) -> str:
        digit = self._draws.digits(1)
        number = " ".join(said.cardinal(int(digit), feminine=True))
        of = said.plural(int(digit), said.TENTHS)
        ways = (
            f"запятая {number}",
            f"точка {number}",
            f"целых {number}",
            f"целых {number} {of}",
            f"и {number} {of}",
        )
        return self._draws.any(ways)

    def _digits(self, text: str) -> list[str]:
        return ["нуль" if word == "ноль" and self._draws.chance(NUL) else word for word in said.digits(text)]

    def _grouped(self, text: str) -> str:
        """The digits in groups of one to three, as they are read aloud: «двенадцать, триста сорок пять»."""
        groups = []
        while text:
            size = self._draws.any(GROUP_SIZES)
            groups.append(" ".join(said.group(text[:size])))
            text = text[size:]
        return self._draws.paused(groups)

    def _within(self, text: str, chance: float) -> str:
        """Sometimes with what callers say before and after a number."""
        if self._draws.chance(chance):
            text = f"{self._draws.any(odd.BEFORE)} {text}"
        if self._draws.chance(chance / 3):
            text = f"{text}, {self._draws.any(odd.AFTER)}"
        return text
