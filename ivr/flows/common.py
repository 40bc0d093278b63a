"""Questions that many conversations put."""

from collections.abc import Callable
from dataclasses import dataclass

from ivr.dialogue.asking import ask
from ivr.dialogue.steps import Heard, Question, Say
from ivr.flows.visit import Visit
from ivr.language.grammar import Grammar


@dataclass(frozen=True)
class YesNo:
    """Whether the caller said yes."""

    yes: bool


def understand_yes_no(grammar: Grammar) -> Callable[[Heard], YesNo | None]:
    """Yes and no, when nothing else was said with it."""

    def understand(heard: Heard) -> YesNo | None:
        meaning = grammar.by_key(heard.keys) if heard.keys else grammar.match_whole(heard.alternatives[0])
        return None if meaning is None else YesNo(meaning == "yes")

    return understand


async def yes_no(visit: Visit, id: str, prompt: Say) -> bool:
    """Ask for a yes or a no; keys 1 and 2."""
    understand = understand_yes_no(visit.grammars["yesno"])
    question = Question(id, YesNo, understand, prompt, grammar="yesno", keys=1, pause_s=1)
    return (await ask(question)).yes
