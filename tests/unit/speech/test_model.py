"""A model's folder is looked at before Vosk gets it; one model a process; foreign ones are heard with as well."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ivr import data
from ivr.language import grammar
from ivr.speech import model, symbols
from ivr.speech.errors import ModelError
from ivr.speech.grammars import Expectation
from ivr.speech.recogniser import Ears

FILES = ("am/final.mdl", "conf/model.conf", "conf/mfcc.conf", "graph/HCLr.fst", "graph/Gr.fst")


@pytest.fixture
def copy(tmp_path) -> Path:
    """A copy of the shipped model to break."""
    return shutil.copytree(model.SHIPPED, tmp_path / "model")


def test_one_model_a_process():
    with ThreadPoolExecutor(8) as pool:
        loaded = list(pool.map(lambda _: model.load(), range(32)))
    assert {id(one) for one in loaded} == {id(loaded[0])}


def test_the_shipped_model():
    files = model.load().files
    assert (files.rate, files.run_time_grammars) == (8_000, True)
    assert files.size <= 20_000_000
    assert model.load().knows("пять")
    assert not model.load().knows("фывапролдж")
    assert model.load().knows(model.UNKNOWN)
    assert all(word[0] not in "<#[" for word in files.words)


def test_the_words_stand_in_the_graph_too():
    graph = model.SHIPPED / "graph"
    assert set(symbols.of_graph(graph / "Gr.fst")) == set(symbols.of_text(graph / "words.txt"))


@pytest.mark.parametrize("name", FILES)
def test_a_missing_or_empty_file_is_named(copy, name):
    (copy / name).write_bytes(b"")
    with pytest.raises(ModelError, match=name):
        model.load(copy)
    (copy / name).unlink()
    with pytest.raises(ModelError, match=name):
        model.load(copy)


@pytest.mark.parametrize("name", ["am/final.mdl", "graph/HCLr.fst", "graph/Gr.fst"])
def test_something_else_in_its_place(copy, name):
    (copy / name).write_text("<html>404</html>")
    with pytest.raises(ModelError, match=name):
        model.load(copy)


@pytest.mark.parametrize("name", ["am/final.mdl", "graph/HCLr.fst", "conf/mfcc.conf"])
def test_a_file_that_was_cut_off_ends_no_process(copy, name):
    content = (copy / name).read_bytes()
    (copy / name).write_bytes(
        content[: len(content) // 2] if name != "conf/mfcc.conf" else b"--num-mel-bins=-4\n"
    )
    with pytest.raises(ModelError, match="get the folder anew"):
        model.load(copy)


@pytest.mark.parametrize("place", ["none", "file"])
def test_no_folder(tmp_path, place):
    (tmp_path / "file").write_text("")
    with pytest.raises(ModelError, match="IVR_VOSK_MODEL"):
        model.load(tmp_path / place)


def test_why_vosk_cannot_use_it_is_told(copy):
    with (copy / "conf/mfcc.conf").open("a") as settings:
        settings.write("--something=3\n")
    with pytest.raises(ModelError, match="Invalid option --something=3"):
        model.load(copy)


def test_symbols_that_break_off(copy):
    (copy / "graph/words.txt").unlink()
    graph = copy / "graph/Gr.fst"
    graph.write_bytes(graph.read_bytes()[:200])
    with pytest.raises(ModelError, match="words cannot be read"):
        model.load(copy)


def test_a_model_of_16_khz_without_a_list_of_words(copy, said):
    """As the public Russian models are: their sound is resampled, their words are in the graph."""
    settings = copy / "conf/mfcc.conf"
    settings.write_text(settings.read_text().replace("=8000", "=16000"))
    (copy / "graph/words.txt").unlink()
    ears = Ears(model.load(copy), grammar.load(data.grammars()))
    assert ears.model.files.rate == 16_000
    assert set(ears.model.files.words) == set(model.load().files.words)
    heard = ears.hear(said("5"), Expectation("number", digits=5))
    assert heard.text == "пять"
    assert heard.words[0].end < 0.7


def test_a_model_that_writes_yo_hears_the_words_that_we_write_without(copy, said):
    listed = copy / "graph/words.txt"
    listed.write_text(listed.read_text("utf-8").replace("\nсемь ", "\nсёмь "), "utf-8")
    graph = copy / "graph/Gr.fst"
    lengthened = len("семь".encode()).to_bytes(4, "little")
    before, after = (lengthened + word.encode() for word in ("семь", "сёмь"))
    assert before in graph.read_bytes()
    graph.write_bytes(graph.read_bytes().replace(before, after))
    loaded = model.load(copy)
    assert "семь" not in loaded.files.words
    assert loaded.knows("семь")
    ears = Ears(loaded, grammar.load(data.grammars()))
    heard = ears.hear(said("7"), Expectation("number", digits=5))
    assert heard.text == "семь"
    assert all(one.sound < float("inf") for one in heard.alternatives)


def test_a_model_with_a_static_graph_hears_all_its_words(copy):
    shutil.move(copy / "graph/Gr.fst", copy / "graph/HCLG.fst")
    assert not model.look_at(copy).run_time_grammars


def test_the_licence(copy):
    (copy / "README.md").unlink(missing_ok=True)
    (copy / "LICENCE").mkdir()
    (copy / "LICENSE-2").write_bytes(b"\xff\x00")
    assert model.look_at(copy).licence == ""
    (copy / "LICENSE").write_text("Apache License\nVersion 2.0\n")
    assert model.look_at(copy).licence == "Apache License"
    (copy / "README.md").write_text("# Ears\n\n**Licence:** CC BY-SA 4.0\n")
    assert model.look_at(copy).licence == "CC BY-SA 4.0"
