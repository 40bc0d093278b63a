"""A conversation played on a phone: the caller acts, the phone's words are compared."""

from collections.abc import Callable
from typing import Any, Protocol

from ivr.simulator.matching import find
from ivr.simulator.record import CannotAct
from ivr.simulator.script import (
    CallerHangsUp,
    CallerIsSilent,
    CallerPresses,
    CallerSays,
    Conversation,
    Ended,
    OperatorAnswers,
    OperatorDoesNotAnswer,
    OperatorHangsUp,
    OperatorLetsWait,
    OperatorsMachineAnswers,
    PhoneKeepsFrom,
    PhoneSays,
    Rings,
    Saved,
    Step,
    Transferred,
)

CheckSaved = Callable[[dict[str, Any]], None]
"""Raises AssertionError (a Mismatch too) where the store holds something else."""


class Phone(Protocol):
    """What a conversation needs of a phone, at any depth. An act that is not possible raises CannotAct."""

    @property
    def heard(self) -> str:
        """All that the phone said since the last act."""

    @property
    def ended(self) -> bool:
        """The call is over."""

    @property
    def transferred(self) -> bool:
        """The caller waits for, or talks with, an operator."""

    @property
    def ringing(self) -> tuple[str, ...]:
        """The numbers that ring now."""

    def dial(self, from_number: str | None) -> None:
        """None hides the number."""

    def say(self, text: str) -> None:
        """Speech."""

    def press(self, keys: str) -> None:
        """Keys."""

    def silence(self) -> None:
        """No answer until the time is over."""

    def hang_up(self) -> None:
        """The caller goes away."""

    def answer(self) -> None:
        """An operator takes the call."""

    def voicemail(self) -> None:
        """A machine answers the ringing."""

    def operator_hangs_up(self) -> None:
        """The talk is over."""

    def no_answer(self) -> None:
        """The ringing ends in vain."""

    def wait(self, seconds: float) -> None:
        """In the queue."""


class Mismatch(AssertionError):
    """`step` counts from 1; `expected` and `heard` are Russian, and so is the message."""

    def __init__(self, step: int, expected: str, heard: str) -> None:
        super().__init__(f"шаг {step}: ждали: {expected}; слышно: «{heard}»")
        self.step = step
        self.expected = expected
        self.heard = heard


def play(
    conversation: Conversation,
    phone: Phone,
    check_saved: CheckSaved | None = None,
    after: Callable[[], None] | None = None,
) -> None:
    """Dials and takes every step; without `check_saved` the `saved` steps are passed over. Raises Mismatch.

    `after` is called after dialling and after each step.
    """
    _Play(phone, check_saved, after or (lambda: None)).run(conversation)


class _Play:
    def __init__(self, phone: Phone, check_saved: CheckSaved | None, after: Callable[[], None]) -> None:
        self._phone = phone
        self._check_saved = check_saved
        self._after = after
        self._number = 0
        self._found_to = 0

    def run(self, conversation: Conversation) -> None:
        self._possibly(lambda: self._phone.dial(conversation.caller))
        for self._number, step in enumerate(conversation.steps, start=1):
            self._take(step)
            self._after()

    def _take(self, step: Step) -> None:
        match step:
            case PhoneSays(text):
                self._expect(text)
            case PhoneKeepsFrom(text):
                self._refuse(text)
            case Saved(values):
                self._saved(dict(values))
            case Ended(ended):
                what = "звонок закончен" if ended else "звонок продолжается"
                self._require(self._phone.ended == ended, what)
            case Transferred(transferred):
                what = "абонента соединяют с оператором" if transferred else "без перевода на оператора"
                self._require(self._phone.transferred == transferred, what)
            case Rings(number):
                ringing = ", ".join(self._phone.ringing) or "ничего"
                self._require(number in self._phone.ringing, f"звонит {number} (звонит: {ringing})")
            case _:
                self._found_to = 0
                self._possibly(lambda: self._act(step))

    def _act(self, step: Step) -> None:
        phone = self._phone
        match step:
            case CallerSays(text):
                phone.say(text)
            case CallerPresses(keys):
                phone.press(keys)
            case CallerIsSilent(times):
                for _ in range(times):
                    phone.silence()
            case CallerHangsUp():
                phone.hang_up()
            case _:
                self._operator_acts(step)

    def _operator_acts(self, step: Step) -> None:
        phone = self._phone
        match step:
            case OperatorAnswers():
                phone.answer()
            case OperatorsMachineAnswers():
                phone.voicemail()
            case OperatorHangsUp():
                phone.operator_hangs_up()
            case OperatorDoesNotAnswer():
                phone.no_answer()
            case OperatorLetsWait(seconds):
                phone.wait(seconds)

    def _possibly(self, act: Callable[[], None]) -> None:
        try:
            act()
        except CannotAct as error:
            self._after()
            raise self._mismatch(f"этот шаг возможен ({error})") from error

    def _expect(self, text: str) -> None:
        end = find(text, self._phone.heard, self._found_to)
        if end is None:
            raise self._mismatch(f"«{text}»" + (" после найденного раньше" if self._found_to else ""))
        self._found_to = end

    def _refuse(self, text: str) -> None:
        self._require(find(text, self._phone.heard) is None, f"без слов «{text}»")

    def _saved(self, values: dict[str, Any]) -> None:
        if self._check_saved is None:
            return
        try:
            self._check_saved(values)
        except Mismatch:
            raise
        except AssertionError as error:
            raise self._mismatch(f"сохранено {values} ({error})") from error

    def _require(self, true: bool, expected: str) -> None:
        if not true:
            raise self._mismatch(expected)

    def _mismatch(self, expected: str) -> Mismatch:
        try:
            heard = self._phone.heard
        except CannotAct:
            heard = ""
        return Mismatch(self._number, expected, heard)
