"""Explaining a topic piece by piece: the fact that was asked for first, then «Дальше — …. Рассказать?»."""

from ivr.dialogue.asking import ask
from ivr.dialogue.steps import Jump, Question, Say
from ivr.flows.common import yes_no
from ivr.flows.explanations import TOPICS, Piece, dictation, find, following
from ivr.flows.information_heard import KEYPAD, MoreEars, Wish
from ivr.flows.visit import Visit

OF_THE_WINDOW = frozenset({"readings_window"})
"""Prompts that name the days for readings."""
AT_THE_METER_S, ON_THE_PHONE_S = 20, 8
"""How long an answer may take: who presses the meter's keys is not at the phone."""


async def explain(visit: Visit) -> str:
    """The topic that the caller came for, from the fact asked for (`visit.about`) or from its top."""
    piece = find(visit.topic, visit.about) or TOPICS[visit.topic].own[0]
    visit.about = ""
    said: set[str] = set()
    trail: list[tuple[str, Piece]] = []
    walked = False
    while True:
        await _tell(visit, piece, said)
        wish = await _wish(visit, piece, said, walked=walked)
        walked = True
        if wish.do == "enough":
            return "what_else"
        if wish.do == "back":
            if not trail:
                return "menu"
            said.difference_update(piece.says)
            visit.topic, piece = trail.pop()
            continue
        trail.append((visit.topic, piece))
        piece = _step(visit, piece, wish, said)


def _step(visit: Visit, piece: Piece, wish: Wish, said: set[str]) -> Piece:
    """The piece that the caller wants after this one; a fact of another topic makes that the present topic."""
    if wish.do == "next":
        coming = following(visit.topic, piece, said)
    else:
        coming = find(visit.topic, wish.fact)
        if coming is None:
            visit.topic = wish.fact.partition(".")[0]
            coming = find(visit.topic, wish.fact)
    assert coming is not None, wish
    return coming


async def _tell(visit: Visit, piece: Piece, said: set[str]) -> None:
    """Say a piece. Raises Jump where the line does not know and the caller wants an operator."""
    window = visit.facts.window
    days: dict[str, object] = {"first": window.first_day, "last": window.last_day}
    for prompt in piece.says:
        await Say(prompt, days if prompt in OF_THE_WINDOW else {})
    said.update(piece.says)
    note = TOPICS[visit.topic].note
    if piece.operator:
        if await yes_no(visit, "ask_operator", Say("ask_operator")):
            raise Jump("operator", reason="topic")
    elif note and note not in said:
        said.add(note)
        await Say(note)


async def _wish(visit: Visit, piece: Piece, said: set[str], *, walked: bool) -> Wish:
    """What the caller wants after this piece; what it holds to be written down is dictated here.

    `walked`: something was answered before, so that «назад» is ours: a retract would take back no more than that.
    """
    dictated = False
    while True:
        coming = following(visit.topic, piece, said)
        if coming is None and (dictated or not piece.dictated):
            await Say("all_told")
            return Wish("enough")
        wish = await ask(_question(visit, piece, coming, back=walked))
        walked = True
        if wish.do == "dictate" or (wish.do == "next" and coming is None):
            dictated = True
            await _dictate(piece, wish.only)
        elif wish.do == "unknown":
            await Say("not_known")
        else:
            return wish


async def _dictate(piece: Piece, only: str) -> None:
    """What is to be written down, twice: everything in the piece, or the one thing that was named."""
    if not piece.dictated:
        await Say("nothing_to_dictate")
    for prompt in dictation(piece, only):
        await Say(prompt)
        await Say("dictate_again")
        await Say(prompt)


def _question(visit: Visit, piece: Piece, coming: Piece | None, *, back: bool) -> Question[Wish]:
    """«Дальше — …. Рассказать?», or after the last piece whether to dictate what is in it."""
    ears = MoreEars(visit, piece, back)
    return Question(
        f"more/{piece.says[0]}",
        Wish,
        ears.understand,
        Say("more", {"next": coming.offer}) if coming else Say("more_dictate"),
        guess=ears.guess,
        grammar="more",
        keys=1,
        timeout_s=AT_THE_METER_S if visit.topic == KEYPAD else ON_THE_PHONE_S,
    )
