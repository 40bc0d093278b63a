"""Asking: all that applies to every question lives here and nowhere else.

Silence, not understanding, «повтори», «медленнее», «помощь», «подождите», «назад», «главное меню», «оператор»
and another topic. A flow writes `answer = await ask(question)` and gets only a meaning.
"""

from typing import NoReturn, TypeVar

from ivr.dialogue.steps import STAR, Ask, Jump, Question, Say, Signal

R = TypeVar("R")

ESCALATION = ("short", "example", "keys")
"""How a question is put again after the first, second and third miss; after a fourth an operator is called."""
WAIT_S = 30
WAITS = 4
"""«Подождите»: so many silences of so many seconds are kept before the question is put again (two minutes)."""


async def ask(question: Question[R]) -> R:
    """Put a question until it is answered. Raises `Jump` when the caller wants something else."""
    misses = waits = 0
    star = False
    spoken: tuple[Say, ...] = (question.prompt,)
    while True:
        prefix, timeout_s = STAR if star else "", WAIT_S if waits else question.timeout_s
        answer = await Ask(question, misses, spoken, timeout_s, prefix)
        if not isinstance(answer, Signal):
            return answer
        star_before, waited = star, waits
        waits, star = 0, False
        match answer.name:
            case "wait":
                waits, spoken = 1, (Say("asking.wait"),)
            case "no_input" if 0 < waited < WAITS:
                waits, spoken = waited + 1, (Say("asking.still_waiting"),)
            case "star":
                star, spoken = True, (Say("asking.star"),)
            case "no_input" | "no_match" if waited or (star_before and answer.name == "no_input"):
                spoken = (question.prompt.variant("short"),)
            case "no_input" | "no_match" | "hello" | "rude":
                misses += 1
                spoken = _put_again(question, answer, misses)
            case "repeat" | "slower":
                spoken = (
                    (question.prompt,) if star_before or waited else spoken[-1:]
                )  # the run keeps what was said before it
            case "help":
                spoken = (question.prompt.variant("help"),)
            case _:
                spoken = _leave(question, answer)


def _put_again(question: Question[R], answer: Signal, misses: int) -> tuple[Say, ...]:
    if misses > len(ESCALATION):
        raise Jump("operator", reason="not_understood", question=question.id)
    return (Say(f"asking.{answer.name}"), question.prompt.variant(ESCALATION[misses - 1]))


def _leave(question: Question[R], answer: Signal) -> tuple[Say, ...]:
    """Another topic, the menu, an operator, or «назад» that found nothing to take back."""
    if answer.name == "back" and answer.value == "start":
        return (Say("asking.start"), question.prompt.variant("short"))
    _jump(question, answer)


def _jump(question: Question[R], answer: Signal) -> NoReturn:
    match answer.name:
        case "main_menu":
            raise Jump("menu")
        case "cancel":
            raise Jump("cancelled")
        case "back":
            raise Jump("saved")
        case "topic":
            raise Jump(answer.value, details=answer.details)
        case "operator":
            raise Jump("operator", reason="asked", question=question.id)
    raise AssertionError(f"no rule for the signal {answer.name!r}")
