"""Numbers that people say to each other."""

from hypothesis import given
from hypothesis import strategies as st

from ivr.domain.requests import human_number, id_of

IDS = st.integers(1, 10**7)
KINDS = st.sampled_from(["request", "receipt"])


@given(KINDS, IDS)
def test_a_number_leads_back_to_its_row(kind, id):
    assert id_of(kind, human_number(kind, id)) == id


@given(KINDS, IDS, st.data())
def test_one_wrong_digit_is_nobodys_number(kind, id, data):
    number = human_number(kind, id)
    place = data.draw(st.integers(0, len(number) - 1))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != number[place]]))
    assert id_of(kind, number[:place] + digit + number[place + 1 :]) is None


@given(IDS, IDS)
def test_a_receipt_is_never_taken_for_a_request(one, other):
    assert human_number("request", one) != human_number("receipt", other)
    assert id_of("request", human_number("receipt", one)) is None


@given(st.text(max_size=12))
def test_nonsense_is_nobodys_number(text):
    assert id_of("request", text) is None or text.isdigit()


def test_short_enough_to_say():
    assert human_number("request", 1) == "100016"
