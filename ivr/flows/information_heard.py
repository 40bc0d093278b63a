"""What the caller says after a piece of an explanation: next, enough, back, dictate, or a question of their own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast

from ivr.dialogue.hearing import SIGNALS
from ivr.dialogue.steps import Heard, Signal, SignalName
from ivr.flows.explanations import Piece, asked, dictation, find
from ivr.flows.opening import details
from ivr.flows.visit import Visit
from ivr.language.numbers import spoken_numbers
from ivr.language.text import words

Do = Literal["next", "enough", "back", "dictate", "fact", "unknown"]
KEYPAD = "balance_keypad"
URGENT = frozenset({"prepaid_dark", "outage"})
"""Topics that no fact shadows: «остаток ноль» is no question about the balance."""
NUMBERED = {str(key): f"{KEYPAD}.key{key}" for key in (0, 1, 2, 3, 4, 5, 6, 8)} | {
    key: f"{KEYPAD}.unlabelled" for key in "79"
}
"""The meter's key by its number → the fact that explains it."""
FREE_KEYS = frozenset("4567")
"""Keys of the phone that answer nothing here: at the meter they ask for its key of that number."""
BESIDE_A_KEY = frozenset(words("а ну и про на номер цифра кнопка кнопку кнопки клавиша клавишу"))
"""Words that may stand beside the number of a key."""
ONE_OF: Mapping[str, tuple[str, ...]] = {
    "email": ("почт", "ящик", "имейл", "емейл", "мейл"),
    "site": ("сайт", "кабинет", "страниц"),
    "phone": ("телефон", "номер"),
    "office": ("адрес", "офис"),
}
"""What can be dictated → how words begin that name it; «адрес почты» is the mail, so the first one named counts."""
NAMED = 2
"""Words of an utterance that only names what is to be dictated: «медленно телефон»."""
A_QUESTION = 6
"""From so many words on, a sentence that names the topic once more asks something that no piece answers."""


@dataclass(frozen=True)
class Wish:
    """What the caller wants after a piece. `fact`: what they asked instead of an answer."""

    do: Do
    fact: str = ""
    only: str = ""
    """To dictate: the one thing that was named («адрес»); empty for everything in the piece."""


@dataclass(frozen=True)
class MoreEars:
    """Understands what follows this piece. `back`: «назад» is the walk's own, and no retract."""

    visit: Visit
    piece: Piece
    back: bool

    def understand(self, heard: Heard) -> Wish | Signal | None:
        """A fact of the topic, else an answer to «Рассказать?», else a question about something else."""
        more = self.visit.grammars["more"]
        if heard.keys in FREE_KEYS and self.visit.topic == KEYPAD:
            return Wish("fact", NUMBERED[heard.keys])
        if heard.keys:
            return self._meant(more.by_key(heard.keys))
        text = heard.alternatives[0]
        fact, dictate, goodbye = self._fact(text), self._dictate(text), self._spotted("goodbye", text)
        if fact and not (dictate and find(self.visit.topic, fact) == self.piece):
            return Wish("fact", fact)
        if goodbye:
            return self._meant("goodbye")
        if dictate:
            return Wish("dictate", only=self._only(text))
        return self._meant(more.match_whole(text)) or self._other(text)

    def guess(self, heard: Heard) -> Wish | Signal | None:
        """Free speech: another topic, if that is sure; of this one it asks what the line cannot answer."""
        text = heard.alternatives[0]
        said = self.visit.topics.understand(text)
        if said.flow is None or said.other is not None:
            return None
        if said.flow == self.visit.topic:
            return Wish("unknown")
        if said.flow in SIGNALS:
            return Signal(cast(SignalName, said.flow))
        beside = details(self.visit.grammars, self.visit.facts.now)(said.flow, text)
        return Signal("topic", said.flow, beside)

    def _meant(self, meaning: str | None) -> Wish | Signal | None:
        if meaning in (None, "what"):
            return None
        if meaning == "goodbye":
            return Signal("topic", meaning)
        if meaning == "repeat" or (meaning == "back" and not self.back):
            return Signal(cast(SignalName, meaning))
        return Wish(cast(Do, meaning))

    def _dictate(self, text: str) -> bool:
        """«Продиктуйте»; «ещё раз адрес», where there is one; where not, «диктуйте помедленнее» is no dictation."""
        again = self.visit.grammars["everywhere"].match(text) in ("repeat", "slower")
        if not self.piece.dictated:
            return self._spotted("dictate", text) and not again
        named = self._spotted("what", text) and (again or len(words(text)) <= NAMED)
        return named or self._spotted("dictate", text)

    def _only(self, text: str) -> str:
        """The one thing that is to be dictated, if it was named and the piece has it."""
        kinds = (
            kind for kind, stems in ONE_OF.items() if any(word.startswith(stems) for word in words(text))
        )
        return next((kind for kind in kinds if dictation(self.piece, kind)), "")

    def _spotted(self, meaning: str, text: str) -> bool:
        return self.visit.grammars["more"].says(text, meaning)

    def _fact(self, text: str) -> str:
        """The fact of the present topic that was asked for; one word is not enough where another topic is named."""
        grammars, topic = self.visit.grammars, self.visit.topic
        named = grammars["menu"].match(text)
        if named in URGENT:
            return ""
        if topic == KEYPAD and grammars["everywhere"].match(text) == "star":
            return f"{KEYPAD}.star"
        if topic == KEYPAD and (key := _numbered(text)):
            return key
        return asked(grammars["facts"], topic, text, least=1 if named in (None, topic) else 2)

    def _other(self, text: str) -> Wish | None:
        """A fact of another topic and nothing else, or of this one something that no piece answers.

        A lone word is such a fact only where the menu hears that topic in it: «адрес», but not «деньги».
        """
        named, length = self.visit.grammars["menu"].match(text), len(words(text))
        fact = self.visit.grammars["facts"].match_whole(text)
        if fact and (length > 1 or named == fact.partition(".")[0]):
            return Wish("fact", fact)
        return Wish("unknown") if named == self.visit.topic and length >= A_QUESTION else None


def _numbered(text: str) -> str:
    """The fact about the key whose bare number this is: «а семь»."""
    number = next(spoken_numbers(text, BESIDE_A_KEY), None)
    return NUMBERED.get(number.digits, "") if number else ""
