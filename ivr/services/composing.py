"""From where a run stands to a reply: prompts become texts."""

from ivr.dialogue.replay import Run
from ivr.dialogue.reply import Handover, Listen, Reply, Spoken
from ivr.dialogue.steps import Ask, Say, Transfer
from ivr.language.prompts import Prompts


def compose(prompts: Prompts, run: Run, turn: int, *, question_alone: bool = False) -> Reply:
    """What is said and waited for. `question_alone`: after «назад» nothing but the question is repeated."""
    pending = run.pending
    said = list(run.said)
    listen = handover = None
    if isinstance(pending, Ask):
        question = pending.question
        said = [question.prompt] if question_alone else [*said, *pending.spoken]
        listen = Listen(question.id, question.grammar, pending.keys, pending.timeout_s, question.pause_s)
    elif isinstance(pending, Transfer):
        handover = Handover(pending.reason, pending.duty_first)
    return Reply(turn, tuple(_speak(prompts, say, slow=run.slow) for say in said), listen, handover, run.slow)


def _speak(prompts: Prompts, say: Say, *, slow: bool) -> Spoken:
    text = prompts.text(say.prompt, say.slots, slow=slow)
    return Spoken(say.prompt, text, say.slots, prompts.hear_out(say.prompt))
