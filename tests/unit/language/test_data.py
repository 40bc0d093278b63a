"""The folders of a checkout and of a wheel."""

from pathlib import Path

import pytest

from ivr import data


def test_a_checkout() -> None:
    assert (data.grammars() / "menu.yaml").is_file()
    assert data.audio_prompts().is_dir()


def test_a_wheel_has_its_own_copy(tmp_path: Path) -> None:
    package = tmp_path / "ivr"
    (tmp_path / "grammars").mkdir()
    assert data._folder("grammars", package) == tmp_path / "grammars"
    (package / "_data" / "grammars").mkdir(parents=True)
    assert data._folder("grammars", package) == package / "_data" / "grammars"


def test_no_folder_is_an_error_that_says_where(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="_data"):
        data._folder("grammars", tmp_path / "ivr")
