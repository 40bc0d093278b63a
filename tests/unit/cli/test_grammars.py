"""`ivr grammars check`."""

from pathlib import Path

from click.testing import CliRunner, Result

from ivr.cli import main

MENU = """
name: menu
phrases: {danger: [пожар], contacts: [адрес]}
decoys: [адрес почты, повар]
"""


def check(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["grammars", "check", *arguments], catch_exceptions=False)


def test_the_lines_own_grammars_have_no_findings() -> None:
    result = check()
    assert (result.exit_code, result.stdout) == (0, "")
    assert "menu.yaml: подсказок для Twilio 500, не вошло фраз:" in result.stderr
    assert result.stderr.endswith("Замечаний: 0.\n")


def test_a_finding_is_a_line_and_exit_code_1(tmp_path: Path) -> None:
    (tmp_path / "menu.yaml").write_text(MENU, "utf-8")
    assert check("--folder", str(tmp_path)).exit_code == 0
    (tmp_path / "menu.yaml").write_text(MENU.replace(", повар", ""), "utf-8")
    result = check("--folder", str(tmp_path))
    finding = "menu.yaml: «пожар» — danger, похоже на «повар»: нужно в decoys или в parts: near\n"
    assert (result.exit_code, result.stdout, result.stderr) == (1, finding, "Замечаний: 1.\n")


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    result = check("--folder", str(tmp_path))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Грамматики не читаются" in result.stderr


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert check("--folder", str(tmp_path / "none")).exit_code == 2
