"""What the model knows."""

import pytest

from training.ears.words import vocabulary
from training.ears.words.lexicon import Lexicon
from training.ears.words.vocabulary import UnknownWordsError, Words


def test_callers_and_grammars_are_read() -> None:
    assert ["нет", "света"] in [text[:2] for text in vocabulary.callers()]
    words = set(vocabulary._words(vocabulary._phrases(vocabulary.ROOT)))
    assert {"оператор", "показания", "воду"} <= words  # a phrase, a phrase, a decoy
    assert {"двумястами", "тысяча", "двухсотый", "четырех"} <= set(vocabulary._numbers())
    assert not any("ё" in word for word in words | set(vocabulary._numbers()))


@pytest.mark.training_data
def test_what_must_be_known_is(monkeypatch: pytest.MonkeyPatch) -> None:
    lexicon = Lexicon.load()
    found = {
        "grammars": vocabulary._words(vocabulary._phrases(vocabulary.ROOT)),
        "numbers": vocabulary._numbers(),
    }
    monkeypatch.setattr(
        vocabulary, "sources", lambda *_: Words(found, {"frequent": {"дом": 1.0, "шмяндрыкл": 1.0}})
    )
    shares = vocabulary.collect(lexicon)
    assert sum(shares.values()) == pytest.approx(1)
    assert "дом" in shares
    assert "шмяндрыкл" not in shares
    assert shares["пять"] > shares["пятистах"]
    monkeypatch.setattr(vocabulary, "sources", lambda *_: Words({"grammars": {"шмяндрыкл": 1.0}}, {}))
    with pytest.raises(UnknownWordsError, match=r"шмяндрыкл.*stress\.tsv"):
        vocabulary.collect(lexicon)


@pytest.mark.training_data
def test_the_order_of_words_as_likely_is_theirs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sets of words are in another order in each process, and a graph in another would be another file."""
    lexicon, said = Lexicon.load(), {"пять": 1.0, "дом": 1.0, "свет": 1.0}
    for words in (said, dict(reversed(said.items()))):
        monkeypatch.setattr(vocabulary, "sources", lambda *_, found=words: Words({"grammars": found}, {}))
        assert list(vocabulary.collect(lexicon)) == ["дом", "пять", "свет"]
