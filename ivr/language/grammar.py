"""Grammars: which phrases mean what, and whether an utterance means it.

The matcher alone decides, and refuses: recognisers return word chains and hints are only hints. A meaning is
found when its phrase stands in the utterance as whole words; the longest phrase covers what lies inside it;
denied phrases («не надо оператора») and utterances with a decoy («отключили воду») mean nothing. A file:

    name: menu
    phrases: {submit_readings: ["(передать|сообщить) показания [счетчика]"]}
    decoys: [воду, газ]                  # optional, as the rest
    keys: {"1": submit_readings}
    always: [danger]
    parts: {aside: [спасибо]}            # phrases for the rule that reads this question (language/yesno.py)
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

from ivr.language import documents, template
from ivr.language.text import HESITATIONS, LONGEST, clean, words

Phrase = tuple[str, ...]
DECOY = ""
"""The meaning of a phrase that means nothing."""

FIELDS = frozenset({"name", "phrases", "decoys", "keys", "always", "parts"})

MOST_HINTS, LONGEST_HINT = 500, 100
"""Twilio's limits for <Gather hints>: entries, and characters of one."""

_POLITE = frozenset(words("это там пожалуйста спасибо большое вам девушка алло же до свидания всего доброго"))
_PASSED = frozenset(
    words(
        "мне нам меня нас с со на к ко до никакой никакого никаких всякого всяких вашего ваших ваш этот этого"
    )
)
_DENYING = frozenset(
    words(
        "надо нужно нужен нужна нужны требуется хочу хотим буду будем соединяйте соединяй соединять переключайте"
        " переключай переключать вызывайте вызывай вызывать зовите зови звать приглашайте переводите переводи"
        " переводить давайте давай просил просила просили"
    )
)
_AGREEING = frozenset(words("нужен нужна нужны"))


_EDGES = " ,.;:!?–-"
"""What may stand between the halves of an utterance that is split."""


@dataclass(frozen=True)
class _Found:
    start: int
    end: int
    meaning: str

    @property
    def length(self) -> int:
        return self.end - self.start


@dataclass(frozen=True)
class Grammar:
    """The meanings of one question, or of all."""

    name: str
    phrases: Mapping[str, tuple[Phrase, ...]]
    """Meaning → its phrases, spelt out and normalised."""
    decoys: tuple[Phrase, ...] = ()
    """Words to be heard so that a near phrase is refused; a longer one covers what lies inside it."""
    keys: Mapping[str, str] = field(default_factory=dict)
    always: tuple[str, ...] = ()
    """Meanings that stand whatever else is said, first come first."""
    parts: Mapping[str, tuple[Phrase, ...]] = field(default_factory=dict)
    """Phrases that mean nothing to this matcher, by the part they play for the rule that reads the question."""
    _index: dict[Phrase, str] = field(init=False, repr=False, compare=False)
    _longest: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index = {phrase: DECOY for phrase in self.decoys}
        index |= {phrase: meaning for meaning, phrases in self.phrases.items() for phrase in phrases}
        object.__setattr__(self, "_index", index)
        object.__setattr__(self, "_longest", max(map(len, index), default=0))

    def match(self, text: str) -> str | None:
        """The meaning whose phrase stands in the utterance, or None when there is none or no clear one."""
        said = words(text)
        found = [one for one in self._found(said) if one.meaning == DECOY or not _denied(said, one)]
        for meaning in self.always:
            if any(one.meaning == meaning for one in found):
                return meaning
        if not found or any(one.meaning == DECOY for one in found):
            return None
        longest = max(one.length for one in found)
        meanings = {one.meaning for one in found if one.length == longest}
        return meanings.pop() if len(meanings) == 1 else None

    def match_whole(self, text: str) -> str | None:
        """The meaning, if the whole utterance, fillers aside, is made of phrases of that one meaning."""
        if len(text) > LONGEST:
            return None  # what was cut off may say something else
        said = words(text)
        starts = {one.start: one for one in self._found(said)}
        meanings: set[str] = set()
        place = 0
        while place < len(said):
            if one := starts.get(place):
                meanings.add(one.meaning)
                place = one.end
            elif said[place] in HESITATIONS or said[place] in _POLITE:
                place += 1
            else:
                return None
        return (meanings.pop() or None) if len(meanings) == 1 else None

    def spot(self, said: Phrase) -> Iterator[tuple[str, int, bool]]:
        """Of each phrase among the words: its meaning (DECOY too), its length, and whether it is denied."""
        for one in self._found(said):
            yield one.meaning, one.length, _denied(said, one)

    def says(self, text: str, meaning: str) -> bool:
        """Whether a phrase of this meaning stands in the text, and is not denied; whatever else is said beside."""
        return any(said == meaning and not denied for said, _, denied in self.spot(words(text)))

    def begins(self, text: str) -> bool:
        """Whether the utterance, hesitations aside, begins with a phrase of this grammar."""
        said = tuple(word for word in words(text) if word not in HESITATIONS)
        return any(self._index.get(said[:end], DECOY) != DECOY for end in range(1, self._longest + 1))

    def without(self, text: str, meaning: str) -> str:
        """The text, cleaned, with the phrases of one meaning left out: «день, 12 345,6» → «, 12 345,6»."""

        def left_out(found: re.Match[str]) -> str:
            return " " if self._index.get(words(found.group())) == meaning else found.group()

        return self._anywhere.sub(left_out, clean(text)) if meaning in self.phrases else text

    def splits(self, text: str) -> Iterator[tuple[str, str, str]]:
        """For each phrase in the cleaned text, from the left: its meaning, what is before it and what after."""
        said = clean(text)
        for found in self._anywhere.finditer(said):
            meaning = self._index[words(found.group())]
            if meaning != DECOY:
                yield meaning, said[: found.start()].strip(_EDGES), said[found.end() :].strip(_EDGES)

    @cached_property
    def roles(self) -> Mapping[Phrase, str]:
        """Phrase → its meaning, or the part that it plays; the parts know better than the meanings."""
        named = [*self.phrases.items(), *self.parts.items()]
        return {phrase: role for role, phrases in named for phrase in phrases}

    @cached_property
    def _anywhere(self) -> re.Pattern[str]:
        """Any phrase or decoy in running text, the longest first."""
        spelt = sorted(self._index, key=len, reverse=True)
        return re.compile("|".join(r"\b" + r"\W+".join(phrase) + r"\b" for phrase in spelt))

    def by_key(self, keys: str) -> str | None:
        """The meaning of the keys pressed."""
        return self.keys.get(keys)

    def hints(self) -> tuple[str, ...]:
        """Phrases for <Gather hints>, short ones first, the meanings in turn: each has its share."""
        turns = chain.from_iterable(zip_longest(*(sorted(one, key=len) for one in self.phrases.values())))
        texts = dict.fromkeys(" ".join(phrase) for phrase in turns if phrase)
        return tuple(text for text in texts if len(text) <= LONGEST_HINT)[:MOST_HINTS]

    def _found(self, said: Phrase) -> list[_Found]:
        """The phrases in the utterance by place, without those that lie inside another."""
        found: list[_Found] = []
        covered = 0
        for start in range(len(said)):
            for end in range(min(start + self._longest, len(said)), max(start, covered), -1):
                meaning = self._index.get(said[start:end])
                if meaning is not None:
                    found.append(_Found(start, end, meaning))
                    covered = end
                    break
        return found


def _denied(said: Phrase, one: _Found) -> bool:
    """«не/без X», «не надо мне X», «X [мне] не нужен», and «X не надо» at the end."""
    start = one.start
    while start and said[start - 1] in _PASSED:
        start -= 1
    before = said[max(start - 2, 0) : start]
    if before[-1:] in (("не",), ("без",)) or (before[:1] == ("не",) and before[-1] in _DENYING):
        return True
    rest = said[one.end :]
    if rest[:1] in (("мне",), ("нам",)):
        rest = rest[1:]
    if rest[:1] != ("не",) or len(rest) < 2:
        return False
    return rest[1] in _AGREEING or (rest[1] in _DENYING and all(word in _POLITE for word in rest[2:]))


class GrammarError(documents.DocumentError):
    """A grammar that cannot be used; the message names file, meaning and template."""


def load(folder: Path) -> dict[str, Grammar]:
    """Every grammar of the folder by name. Raises GrammarError."""
    found = {path.stem: _grammar(path) for path in sorted(folder.glob("*.yaml"))}
    if not found:
        raise GrammarError(f"{folder}: no grammars (*.yaml) here")
    return found


def revision(folder: Path) -> str:
    """Twelve hex digits that change with any grammar file or model; pinned in a call's facts."""
    digest = hashlib.sha256()
    for path in sorted([*folder.glob("*.yaml"), *folder.glob("*.model.json")]):
        content = path.read_bytes()
        digest.update(f"{path.name}\n{len(content)}\n".encode() + content)
    return digest.hexdigest()[:12]


def _grammar(path: Path) -> Grammar:
    try:
        document = documents.read(path)
    except documents.DocumentError as error:
        raise GrammarError(str(error)) from error
    if unknown := document.keys() - FIELDS:
        raise GrammarError(f"{path}: unknown field {sorted(unknown)}; known are {sorted(FIELDS)}")
    if document.get("name") != path.stem:
        raise GrammarError(f"{path}: name is {document.get('name')!r}, expected {path.stem!r}")
    phrases = {
        meaning: _phrases(path, meaning, templates)
        for meaning, templates in _mapping(path, document, "phrases").items()
    }
    decoys = _phrases(path, "decoys", document["decoys"]) if document.get("decoys") else ()
    parts = {
        part: _phrases(path, part, templates) for part, templates in _mapping(path, document, "parts").items()
    }
    keys = _mapping(path, document, "keys")
    always = tuple(document.get("always") or ())
    for meaning in [*keys.values(), *always]:
        if meaning not in phrases:
            raise GrammarError(f"{path}: {meaning!r} under keys or always has no phrases")
    _refuse_twice(path, {**phrases, "decoys": decoys})
    return Grammar(path.stem, phrases, decoys, keys, always, parts)


def _mapping(path: Path, document: dict[str, Any], name: str) -> dict[str, Any]:
    found = document.get(name) or {}
    if not isinstance(found, dict) or (name == "phrases" and not found):
        raise GrammarError(f"{path}: {name} must be a mapping")
    return found


def _phrases(path: Path, meaning: str, templates: object) -> tuple[Phrase, ...]:
    if not isinstance(templates, list) or not templates:
        raise GrammarError(f"{path}: {meaning}: expected a list of templates, got {templates!r}")
    found: list[Phrase] = []
    for one in templates:
        if not isinstance(one, str):
            raise GrammarError(f"{path}: {meaning}: {one!r} is no text: put it in quotes")
        try:
            found += template.phrases(one)
        except template.TemplateError as error:
            raise GrammarError(f"{path}: {meaning}: «{one}»: {error}") from error
    return tuple(dict.fromkeys(found))


def _refuse_twice(path: Path, phrases: dict[str, tuple[Phrase, ...]]) -> None:
    owners: dict[Phrase, str] = {}
    for meaning, spelt in phrases.items():
        for phrase in spelt:
            if (owner := owners.setdefault(phrase, meaning)) != meaning:
                raise GrammarError(f"{path}: «{' '.join(phrase)}» stands under both {owner} and {meaning}")
