"""Headings and cells: what is wrong is named by line, column and value."""

import pytest

from ivr.services.importing.problems import Unreadable
from tests.support.files import HEADING, accounts_file, load_accounts, problems, row, written

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


WRONG = [
    ("account", "501234560", "столбец «Лицевой счёт»: «501234560» — не лицевой счёт; нужно 10 цифр подряд"),
    ("account", "5,01235E+09", "«5,01235E+09» — не лицевой счёт"),
    ("account", "٥٠١٢٣٤٥٦٠١", "не лицевой счёт"),
    ("holder", " ", "столбец «Абонент»: пусто — нужно значение"),
    ("address", "я" * 501, "длиннее 500 знаков"),
    ("address", "ул.\x1b[31m", "столбец «Адрес»: «ул.�[31m» — непечатный знак в тексте"),
    ("phones", "+79160000001, 12345", "столбец «Телефоны»: «12345» — не российский номер"),
    ("phones", "+4915112345678", "«+4915112345678» — не российский номер"),
    ("phones", ",".join(f"+791600000{n}" for n in range(10, 31)), "больше 20 номеров"),
    ("meter", "1" * 33, "столбец «Номер счётчика»"),
    ("prepaid", "может быть", "столбец «Предоплата»: «может быть» — нужно «да» или «нет»"),
    ("reprogrammed", "2026-05-12", "«2026-05-12» — нужна дата дд.мм.гггг"),
    ("reprogrammed", "31.02.2026", "столбец «Перепрограммирован»: «31.02.2026» — нужна дата"),
    ("reprogrammed", "21.11.2026", "дата в будущем, сегодня 20.11.2026"),
    ("reprogrammed", "1.2.2026", "нужна дата"),
    ("reprogrammed", "01.01.0001", "годы с 1990"),
    ("power", "0", "столбец «Мощность, кВт»: «0» — нужна мощность в киловаттах"),
    ("power", "1e3", "«1e3» — нужна мощность"),
    ("power", "15 кВт", "нужна мощность"),
    ("zone", "Т4", "столбец «Зона»: «Т4» — не зона; нужно Т, Т1, Т2 или Т3"),
    ("digits", "8", "столбец «Знаков до запятой»: «8» — нужно число от 4 до 7"),
    ("last", "12301,5", "столбец «Последнее показание»: «12301,5» — нужно целое число кВт·ч"),
    ("last", "-5", "нужно целое число"),
    ("last", "9" * 400, "нужно целое число"),
    ("last", "100000", "«100000» — не помещается в 5 знаков до запятой"),
    ("last", "", "столбец «Последнее показание»: пусто — показание и его дата бывают только вместе"),
    ("on", "", "столбец «Дата показания»: пусто — показание и его дата бывают только вместе"),
    ("on", "01.12.2026", "«01.12.2026» — дата в будущем"),
]  # fmt: skip


def test_cells_that_cannot_be_taken(store, tmp_path):
    lines = [row(**{"account": f"50990{n:05}", column: cell}) for n, (column, cell, _) in enumerate(WRONG)]
    told = problems(load_accounts(store, accounts_file(tmp_path, row(), *lines)))
    assert len(told) == len(WRONG)
    for number, (sentence, (_, _, expected)) in enumerate(zip(told, WRONG, strict=True), start=3):
        assert sentence.startswith(f"строка {number}, столбец «")
        assert expected in sentence


def test_every_wrong_cell_of_a_line_is_told(store, tmp_path):
    told = problems(load_accounts(store, accounts_file(tmp_path, row(zone="Т9", prepaid="?", phones="1"))))
    assert [sentence.split("»")[0] for sentence in told] == [
        "строка 2, столбец «Телефоны", "строка 2, столбец «Предоплата", "строка 2, столбец «Зона",
    ]  # fmt: skip


def test_cells_are_taken_in_many_ways(store, tmp_path):
    odd = row(
        holder='"ООО ""Свет"""', address='"ул. Первая,\nд. 1"', phones="8 (916) 000-00-01, 8-495-000-00-02,,",
        prepaid=" НЕТ ", power="7.5", zone="т1", last="00105",
    )  # fmt: skip
    assert problems(load_accounts(store, accounts_file(tmp_path, odd, odd.replace("т1", "T2")))) == []


def test_prepaid_and_reprogrammed(store, tmp_path):
    file = accounts_file(tmp_path, row(prepaid="да", reprogrammed="12.05.2026"))
    (told,) = problems(load_accounts(store, file))
    assert told.startswith("строка 2, столбец «Перепрограммирован»: «12.05.2026» — предоплата «да»")


def test_columns_stand_in_any_order_and_spelling(store, tmp_path):
    names, cells = HEADING.split(";"), row().split(";")
    file = written(tmp_path / "a.csv", ";".join(name.upper().replace("Ё", "Е") for name in names[::-1]) + ";",
                   ";".join(cells[::-1]) + ";")  # fmt: skip
    assert load_accounts(store, file).tallies["accounts"].added == 1


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        (HEADING.replace("Зона;", ""), "нет столбцов: «Зона»"),
        (HEADING + ";Долг", "незнакомые столбцы: «Долг»"),
        (HEADING.replace("Абонент", "Абонен"), "«Абонен» (не «Абонент»?)"),
        (HEADING + ";Зона", "столбцы повторяются: «Зона»"),
        (HEADING.replace(";", ","), "столбцы здесь разделены запятыми"),
        (HEADING.replace(";", "\t"), "столбцы здесь разделены табуляцией"),
        (row(), "это не заголовок"),
    ],
)
def test_a_heading_that_cannot_be_taken(store, tmp_path, heading, told):
    with pytest.raises(Unreadable) as refused:
        load_accounts(store, written(tmp_path / "a.csv", heading, row()))
    assert told in str(refused.value)
    assert "«Знаков до запятой»" in str(refused.value)  # and what is wanted


def test_utf8_with_one_bad_byte_is_told_so(store, tmp_path):
    file = accounts_file(tmp_path, row(holder="Петров"))  # none of its letters has the byte 98
    file.write_bytes(file.read_bytes() + b"\xff\n")
    with pytest.raises(Unreadable, match=r"он не UTF-8 \(строка 3, байт FF\)"):
        load_accounts(store, file)


def test_a_quote_in_the_heading(store, tmp_path):
    told = problems(load_accounts(store, written(tmp_path / "a.csv", '"' + HEADING, row())))
    assert told == ["строка 1: открытая кавычка не закрыта до конца файла"]


@pytest.mark.parametrize(("line", "count"), [("5099000001;Иванов", 2), (row() + ";лишнее", 14)])
def test_another_number_of_cells(store, tmp_path, line, count):
    told = problems(load_accounts(store, accounts_file(tmp_path, row(), line)))
    assert told == [f"строка 3: ячеек {count}, а столбцов 13: лишняя или пропущенная «;»"]


@pytest.mark.parametrize("lines", [(), ("", ";" * 12)])
def test_no_lines(store, tmp_path, lines):
    with pytest.raises(Unreadable, match="нет ни одной строки"):
        load_accounts(store, accounts_file(tmp_path, *lines))


def test_blank_lines_are_passed_over(store, tmp_path):
    assert load_accounts(store, accounts_file(tmp_path, "", row(), ";" * 12, ";" * 20)).lines == 1
