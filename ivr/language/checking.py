"""What is wrong with the grammars beyond their form: `ivr grammars check`.

Four things: phrases that another grammar heard at the same time takes for something else, phrases that their own
matcher does not understand, common words one sound from a word that acts alone, and hints beyond Twilio's limits.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ivr.language.grammar import LONGEST_HINT, MOST_HINTS, Grammar, Phrase
from ivr.language.near import Dictionary

UNIVERSAL, TOPICS = "everywhere", "menu"
"""The grammars heard at every question, beside its own."""
FREE = frozenset((UNIVERSAL, TOPICS, "account"))
"""Heard with `match`; the others must be the whole answer."""
ACTING = frozenset(
    (
        "operator",
        "danger",
        "prepaid_dark",
        "submit_readings",
        "request_reprogramming",
        "outage",
        "call_back",
        "yes",
    )
)
"""Meanings that write something, or take the caller away from the line."""
NEAR = "near"
"""The part (in any grammar) whose words are known to be near to an action, and are left so."""


@dataclass(frozen=True)
class Finding:
    """Something to mend in a grammar's file."""

    grammar: str
    text: str
    """A Russian sentence for whoever edits the file."""


def check(grammars: Mapping[str, Grammar]) -> list[Finding]:
    """All findings, file by file. Takes a few seconds."""
    dictionary = Dictionary()
    return [
        Finding(name, text)
        for name, grammar in grammars.items()
        for texts in (
            _ambiguous(grammar, grammars),
            _unreachable(grammar),
            _near(grammar, grammars, dictionary),
            _hints(grammar),
        )
        for text in texts
    ]


def hints_left_out(grammar: Grammar) -> int:
    """How many of its phrases Twilio is not told of."""
    return len({phrase for phrases in grammar.phrases.values() for phrase in phrases}) - len(grammar.hints())


def _ambiguous(grammar: Grammar, grammars: Mapping[str, Grammar]) -> Iterator[str]:
    """Phrases that a grammar heard beside this one takes for something else, or the other way round.

    The question's own grammar is asked first, but for the meanings that stand whatever else is said.
    """
    topics, universal = grammars.get(TOPICS), grammars.get(UNIVERSAL)
    own = set()
    for meaning, text in _spelt(grammar):
        own.add(text)
        if topics and grammar is not topics and (topic := topics.match(text)) in topics.always:
            yield f"«{text}» — {meaning}, но в {TOPICS} это {topic}"
        if (
            universal
            and grammar is not universal
            and (signal := universal.match(text)) not in (None, meaning)
        ):
            yield f"«{text}» — {meaning}, но в {UNIVERSAL} это {signal}"
    if universal is None or grammar is universal:
        return
    for signal, text in _spelt(universal):
        if signal in universal.always or text in own:
            continue
        if (found := _understood(grammar, text)) not in (None, signal):
            yield f"«{text}» — {found}, но в {UNIVERSAL} это {signal}: здесь его не услышат"


def _unreachable(grammar: Grammar) -> Iterator[str]:
    for meaning, text in _spelt(grammar):
        if (found := _understood(grammar, text)) != meaning:
            yield f"«{text}» — {meaning}, но понимается как {found or 'ничего'}"


def _near(grammar: Grammar, grammars: Mapping[str, Grammar], dictionary: Dictionary) -> Iterator[str]:
    known = _known(grammar, grammars, dictionary)
    for meaning in (one for one in grammar.phrases if one in ACTING):
        for word in _acting_words(grammar.phrases[meaning], dictionary):
            for near in dictionary.near(word):
                if near not in known and not dictionary.lemmas(near) & known:
                    yield f"«{word}» — {meaning}, похоже на «{near}»: нужно в decoys или в parts: near"


def _acting_words(phrases: tuple[Phrase, ...], dictionary: Dictionary) -> list[str]:
    """Words that carry a phrase alone: beside them stand none, or pronouns, «нет» and the like.

    A near word in a longer phrase leaves that phrase without a sense that anybody would say.
    """
    found: dict[str, None] = {}
    for phrase in phrases:
        content = [word for word in phrase if not dictionary.function_word(word)]
        if len(content) == 1:
            found[content[0]] = None
    return list(found)


def _known(grammar: Grammar, grammars: Mapping[str, Grammar], dictionary: Dictionary) -> set[str]:
    """Words that are settled, and the dictionary forms of the grammar's own: those are understood as themselves."""
    own = {word for phrases in grammar.phrases.values() for phrase in phrases for word in phrase}
    settled = [phrase for one in (grammar, grammars.get(UNIVERSAL, grammar)) for phrase in one.decoys]
    settled += [phrase for one in grammars.values() for phrase in one.parts.get(NEAR, ())]
    lemmas = {lemma for word in own for lemma in dictionary.lemmas(word)}
    return lemmas | {phrase[0] for phrase in settled if len(phrase) == 1}


def _hints(grammar: Grammar) -> Iterator[str]:
    hints = set(grammar.hints())
    for meaning, phrases in grammar.phrases.items():
        texts = [" ".join(phrase) for phrase in phrases]
        if hints.isdisjoint(texts):
            yield f"{meaning}: ни одной подсказки среди {MOST_HINTS}, которые принимает Twilio"
        for text in texts:
            if len(text) > LONGEST_HINT:
                yield f"«{text}» — {meaning}: в подсказке больше {LONGEST_HINT} знаков"


def _understood(grammar: Grammar, text: str) -> str | None:
    return grammar.match(text) if grammar.name in FREE else grammar.match_whole(text)


def _spelt(grammar: Grammar) -> Iterator[tuple[str, str]]:
    """(meaning, text) of every phrase."""
    for meaning, phrases in grammar.phrases.items():
        for phrase in phrases:
            yield meaning, " ".join(phrase)
