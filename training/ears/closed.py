"""The closed vocabulary: what a reading is dictated in, and the words that every question hears.

Batches made of these words alone are trained against each other as words (mmi.WordLoop), which is the very choice
that the recogniser makes with a run-time grammar; all other speech is trained against phones.
"""

_WORDS = """
ноль нуль ноля нуля один одна одно два две три четыре пять шесть семь восемь девять десять
одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать
двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто
сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот тысяча тысячи тысяч
запятая целых да нет верно неверно оператор
"""
CLOSED = frozenset(_WORDS.split())
