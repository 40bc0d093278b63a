"""Yes and no in all their kin, by the phrases and parts of one grammar (grammars/yesno.yaml).

Every word must be known as a part of the answer; with anything else beside it («да, но…», «вроде да») it is none.
"""

from dataclasses import dataclass, field
from typing import Literal

from ivr.language.grammar import Grammar, Phrase
from ivr.language.numbers import spoken_numbers
from ivr.language.text import HESITATIONS, LONGEST, words

YesNo = Literal["yes", "no"]

_MEANS: dict[str, YesNo] = {"yes": "yes", "settled": "yes", "no": "no", "opening": "no"}
_DENIALS = frozenset((("не",), ("нет",)))


def yes_or_no(grammar: Grammar, text: str) -> YesNo | None:
    """What was answered, if it is clear; a number may stand beside it. Never raises."""
    answer = _answer(grammar, text)
    return answer.meaning if answer else None


def plain_yes_or_no(grammar: Grammar, text: str) -> YesNo | None:
    """The same with no number beside it: at a read-back that number may be another one."""
    answer = _answer(grammar, text)
    return answer.meaning if answer and not answer.number else None


@dataclass
class _Answer:
    """An answer as it is read from left to right."""

    parts: list[str] = field(default_factory=list)
    """Kinds of the phrases that mean something, in order."""
    number: bool = False

    @property
    def meaning(self) -> YesNo | None:
        """The one meaning of all parts, but for a no that only opens."""
        parts = self.parts
        closed = next((place for place, part in enumerate(parts) if part != "opening"), len(parts))
        if parts[closed : closed + 1] == ["settled"]:
            parts = parts[closed:]
        meanings = {_MEANS[part] for part in parts}
        return meanings.pop() if len(meanings) == 1 else None


def _answer(grammar: Grammar, text: str) -> _Answer | None:
    """None where a word is said that is no part of an answer."""
    if len(text) > LONGEST:
        return None  # what was cut off may say something else
    said, kinds, answer, place = words(text), grammar.roles, _Answer(), 0
    longest = max(map(len, kinds))
    while place < len(said):
        ends = range(min(place + longest, len(said)), place, -1)
        end = next((end for end in ends if said[place:end] in kinds), place + 1)
        kind = kinds.get(said[place:end], "")
        if kind == "anew":
            answer.parts = []
        elif kind in _MEANS:
            answer.parts.append(kind)
        elif kind == "aside" or (not kind and said[place] in HESITATIONS):
            pass
        else:  # the rest must be a number
            answer.number = kind != "doubt" and _is_number(grammar, said[place:], answer.meaning)
            return answer if answer.number else None
        place = end
    return answer


def _is_number(grammar: Grammar, rest: Phrase, meaning: YesNo | None) -> bool:
    """«да, сорок пять», and after a no also «не сорок пять, а пятьдесят пять», «последняя цифра семь»."""
    left = [(word,) for word in rest]
    if meaning == "no":
        left = [word for word in left if word not in grammar.parts.get("instead", ())]
    if not _DENIALS.union(grammar.parts.get("doubt", ())).isdisjoint(left):
        return False
    return any(spoken_numbers(" ".join(word for (word,) in left)))
