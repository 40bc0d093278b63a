"""The REST double by plain HTTP: who is let in, what is not there, and that it fails as it is told to."""

import pytest
import requests

from ivr.simulator import rest
from ivr.simulator.rest import RestDouble


@pytest.fixture
def double():
    with RestDouble() as running:
        running.add_number("+74950000099")
        yield running


def ask(double, path="", method="GET", token="token", timeout=5, **form):
    url = f"{double.url}/2010-04-01/Accounts/{double.account_sid}{path}.json"
    return requests.request(method, url, data=form, auth=(double.account_sid, token), timeout=timeout)


def test_only_the_account_s_own_tokens_are_let_in(double):
    assert ask(double).json()["status"] == "active"
    refused = ask(double, token="another")
    assert (refused.status_code, refused.json()["code"]) == (401, 20003)
    assert len(double.requests) == 2


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/Calls"), ("POST", "/IncomingPhoneNumbers/PN1"), ("POST", "")]
)
def test_what_is_not_there(double, method, path):
    assert ask(double, path, method).status_code == 404


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({"To": "8916", "From": "+74950000099", "Body": "x"}, 21211),
        ({"To": "+79161234501", "From": "+74950000001", "Body": "x"}, 21606),
        ({"To": "+79161234501", "From": "+74950000099", "Body": ""}, 21602),
        ({"To": "+79161234501", "From": "+74950000099", "Body": "x" * 1601}, 21617),
        ({"To": "+79160000000", "From": "+74950000099", "Body": "x"}, 21610),
    ],
)
def test_messages_that_are_refused(double, form, code):
    double.stopped.add("+79160000000")
    assert ask(double, "/Messages", "POST", **form).json()["code"] == code
    assert double.sent() == []


def test_a_url_that_is_none(double):
    sid = double.numbers[0]["sid"]
    assert ask(double, f"/IncomingPhoneNumbers/{sid}", "POST", VoiceUrl="line").json()["code"] == 21402


def test_faults_come_in_turn(double):
    double.fail(rest.TOO_MANY, None, rest.DROPPED, rest.SILENT)
    assert [ask(double).status_code, ask(double).status_code] == [429, 200]
    with pytest.raises(requests.ConnectionError):
        ask(double)
    with pytest.raises(requests.ReadTimeout):
        ask(double, timeout=0.2)
    assert ask(double).status_code == 200
