"""Replay: a script is run from its top over the journal and stops where the journal ends.

So the journal is the whole state of a call: any process serves the next turn, and a killed one loses nothing.
"""

from collections import deque
from collections.abc import Callable, Coroutine, Iterable
from typing import Any

from ivr.dialogue.journal import (
    Input,
    InputType,
    decode,
    decode_answer,
    decode_result,
    encode,
    encode_answer,
    encode_result,
    same_command,
)
from ivr.dialogue.steps import (
    AndWish,
    Ask,
    Do,
    IfLeft,
    Leave,
    NextWish,
    Outcome,
    Say,
    Signal,
    Step,
    Transfer,
)
from ivr.domain.command import Command

Script = Coroutine[Step[Any], object, None]
Perform = Callable[[Command[Any]], object]


class Misfit(Exception):
    """The first place where the journal and the script differ."""

    def __init__(self, number: int, written: str, step: str) -> None:
        super().__init__(f"line {number} of the journal is {written!r}, the script is at {step!r}")
        self.number = number
        self.written = written
        self.step = step


class Run:
    """One run of a script. After each call of a method the script stands at `pending`, or has ended (None)."""

    def __init__(
        self, script: Script, inputs: Iterable[Input], perform: Perform, *, slow: bool = False
    ) -> None:
        """`perform` carries out a command that the journal does not hold yet, in the turn's transaction.

        `slow`: the caller asked for slower speech before what is replayed here.
        """
        self._script = script
        self._inputs = deque(inputs)
        self._perform = perform
        self.pending: Ask[Any] | Transfer | None = None
        self.said: list[Say] = []
        """What was said since the caller's last input."""
        self.slow = slow
        """Whether the caller asked for slower speech; stays so to the end of the call."""
        self.left: Command[Any] | None = None
        """What is to be written if the caller goes away now."""
        self._by_jump = True
        self._by_operator = False
        self._wishes: deque[Signal] = deque()
        self.added: list[tuple[InputType, str, bytes]] = []
        """Inputs of this turn: type, step key, payload."""

    def proceed(self) -> None:
        """Run to the end of the journal. Raises Misfit, and whatever the script or a handler raises."""
        self._drive(None)
        if self._inputs:
            line = self._inputs[0]
            raise Misfit(line.number, line.key, "the end")

    def answer(self, answer: object) -> None:
        """The caller answered the pending question, with a meaning or a signal."""
        assert isinstance(self.pending, Ask)
        self.added.append(("answer", _key(self.pending), encode_answer(answer)))
        self._drive(self._answered(answer))

    def outcome(self, outcome: Outcome) -> None:
        """The pending transfer ended."""
        assert isinstance(self.pending, Transfer)
        self.added.append(("outcome", _key(self.pending), encode(outcome)))
        self.said.clear()
        self._drive(outcome)

    def standing(self, *, gone: bool) -> Command[Any] | None:
        """What is to be written now: when the caller is gone, or stays on the line for something else."""
        return self.left if gone or self._by_jump else None

    def _leave(self, *, for_operator: bool) -> None:
        """The caller wants something else: write what stands for that, and forget it."""
        command, self.left = self.standing(gone=for_operator and self._by_operator), None
        if command is not None:
            self._do(command, "leave")

    def close(self) -> None:
        """Forget the script where it stands."""
        self._script.close()

    def _drive(self, value: object) -> None:
        self.pending = None
        while True:
            try:
                step = self._script.send(value)
            except StopIteration:
                return
            if isinstance(step, Ask | Transfer) and not self._inputs:
                self.pending = step
                return
            value = self._take(step)

    def _take(self, step: Step[Any]) -> object:
        match step:
            case Say():
                self.said.append(step)
            case IfLeft():
                self.left, self._by_jump = step.command, step.by_jump
                self._by_operator = step.by_operator
            case Leave():
                self._leave(for_operator=step.for_operator)
            case NextWish():
                return self._wishes.popleft() if self._wishes else None
            case Do():
                return self._do(step.command, "do")
            case Ask():
                line = self._next("answer", _key(step))
                return self._answered(decode_answer(line.payload, step.question.meaning))
            case Transfer():
                outcome = decode(self._next("outcome", _key(step)).payload, Outcome)
                self.said.clear()
                return outcome
            case _:
                raise TypeError(f"a script yielded {step!r}, which is no step")
        return None

    def _answered(self, answer: object) -> object:
        """What the script gets of an answer; a wish beside it waits for its turn."""
        if isinstance(answer, AndWish):
            self._wishes.append(answer.wish)
            answer = answer.meaning
        again = isinstance(answer, Signal) and answer.name in ("repeat", "slower")
        if not again:
            self.said.clear()
        if isinstance(answer, Signal) and answer.name == "slower":
            self.slow = True
        return answer

    def _do(self, command: Command[Any], how: str) -> object:
        key = f"{how}/{type(command).__name__}"
        if not self._inputs:
            result = self._perform(command)
            self.added.append(("result", key, encode_result(command, result, command.writes)))
            return result
        line = self._next("result", key)
        written, result = decode_result(line.payload, command.result)
        if not same_command(written, command):
            raise Misfit(line.number, f"{key} {written}", f"{key} {command}")
        return result

    def _next(self, type: InputType, key: str) -> Input:
        line = self._inputs.popleft()
        if (line.type, line.key) != (type, key):
            raise Misfit(line.number, line.key, key)
        return line


def refuse(command: Command[Any]) -> object:
    """For a run that may only look: a command that the journal does not hold is a misfit. Raises Misfit."""
    raise Misfit(0, "the end of the journal", f"do/{type(command).__name__}")


def _key(step: Ask[Any] | Transfer) -> str:
    return f"ask/{step.question.id}" if isinstance(step, Ask) else f"transfer/{step.reason}"
