"""Files that are none, or not quite: each told in a sentence, none by a traceback."""

import os

import pytest

from ivr.services.importing.problems import Problems, Unreadable
from ivr.services.importing.source import LONGEST_LINE, Records, examine


def read(path):
    problems = Problems()
    records = list(Records(examine(path), problems, lambda _: None))
    return records, list(problems.sentences())


@pytest.fixture
def file(tmp_path):
    def write(content: bytes):
        path = tmp_path / "data.csv"
        path.write_bytes(content)
        return path

    return write


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_each_encoding_and_line_end(file, encoding, end):
    text = f'Счёт;Ёж{end}{end}1;«Ромашка»{end}2;"a;""b"""{end}'
    assert read(file(text.encode(encoding))) == (
        [(1, ["Счёт", "Ёж"]), (3, ["1", "«Ромашка»"]), (4, ["2", 'a;"b"'])], [],
    )  # fmt: skip


def test_the_encoding_is_found_over_the_whole_file(file):
    long = "а;б\n" * 400_000
    path = file(long.encode() + "ы\n".encode("cp1251"))
    source = examine(path)
    assert (source.encoding, source.not_utf8) == ("cp1251", "строка 400001, байт FB")


def test_letters_cut_by_a_chunk_are_letters(file):
    assert examine(file(("x" + "ы" * 1_000_000).encode())).encoding == "utf-8"
    assert examine(file("ы".encode()[:1] + b"\n")).encoding == "cp1251"  # a letter cut by the end of the file


def test_a_line_break_in_a_cell_keeps_the_numbers_of_lines(file):
    records, problems = read(file(b'a;"b\nc"\nd;e\n'))
    assert (records, problems) == ([(1, ["a", "b\nc"]), (3, ["d", "e"])], [])


def test_a_quote_that_never_closes(file):
    records, problems = read(file(b'a;b\n"c;d\ne;f\n'))
    assert records == [(1, ["a", "b"])]
    assert problems == ["строка 2: открытая кавычка не закрыта до конца файла"]


def test_a_quote_that_never_closes_in_a_long_file_is_given_up_soon(file):
    records, problems = read(file(b'a;b\n"c;d\n' + b"e;f\n" * 1_000_000))
    assert len(records) == 1
    assert problems == [
        "строка 2: открытая кавычка не закрыта: запись длиннее 64 КиБ; дальше файл не проверялся"
    ]


def test_a_quote_in_the_wrong_place_does_not_stop_the_rest(file):
    records, problems = read(file(b'a;b\n"c" d;e\nf;g\n'))
    assert records == [(1, ["a", "b"]), (3, ["f", "g"])]
    assert [problem.partition(":")[0] for problem in problems] == ["строка 2"]
    assert "удваивают" in problems[0]


@pytest.mark.parametrize("length", [LONGEST_LINE - 1, LONGEST_LINE, LONGEST_LINE + 1, 3 * LONGEST_LINE])
def test_a_long_line(file, length):
    records, problems = read(file(b"a;b\n" + b"x" * (length - 1) + b"\nc;d\n"))
    fits = length <= LONGEST_LINE
    assert [line for line, _ in records] == ([1, 2, 3] if fits else [1, 3])
    assert problems == ([] if fits else ["строка 2: строка длиннее 64 КиБ"])


def test_old_line_ends(file):
    _, problems = read(file(b"a;b\rc;d\r"))
    assert "возврат каретки" in problems[0]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "пуст"),
        (b"\xef\xbb\xbf", "пуст"),
        (b"a;b\nc\0;d\n", "Строка 2: нулевой байт"),
        (b"PK\x03\x04" + bytes(100), "книга Excel (xlsx) или архив zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "xls"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"%PDF-1.7", "PDF"),
        ("Счёт".encode("utf-16"), "UTF-16"),
        ("Счёт\n".encode() + b"\x98\n", "не UTF-8 (строка 2, байт 98) и не Windows-1251 (строка 2, байт 98)"),
    ],
    ids=["empty", "mark", "nul", "xlsx", "xls", "gzip", "pdf", "utf-16", "neither"],
)
def test_what_is_no_text(file, content, told):
    with pytest.raises(Unreadable) as refused:
        read(file(content))
    assert told in str(refused.value)


def test_what_is_no_file(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "locked").touch(0)
    for name, told in (
        (".", "папка"),
        ("absent.csv", "нет."),
        ("pipe", "не обычный файл"),
        ("x" * 300, "не читается"),
    ):
        with pytest.raises(Unreadable, match=told):
            examine(tmp_path / name)


def test_a_file_that_changes_while_it_is_read(file):
    path = file(b"a;b\n" * 10)
    source = examine(path)
    path.write_bytes(b"a;b\n" * 20)
    with pytest.raises(Unreadable, match="изменился"):
        list(Records(source, Problems(), lambda _: None))


def test_bytes_read_are_told(file):
    path = file(b"a;b\n" * 1_000_000)
    told = []
    for _ in Records(examine(path), Problems(), told.append):
        pass
    assert told[-1] == 4_000_000
    assert len(told) > 3
    assert told == sorted(told)
