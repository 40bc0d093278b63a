"""A file of accounts into both databases: what is written, what is left alone, what lines say against each other."""

from datetime import date, datetime

import pytest
from sqlalchemy import func, select, update

from ivr.domain.calls import MOSCOW
from ivr.store import accounts as stored_accounts
from ivr.store import requests
from ivr.store.importing.staging import Tally
from ivr.store.tables import Accounts, Meters, Phones, Readings, Registers, Requests
from tests.support.caller import Caller
from tests.support.files import NOW, accounts_file, load_accounts, notes, problems, row

NUMBER = "5099000001"
DEMO = {"account": "5012345601", "holder": "Абонент 1", "address": "г. Красногорск, ул. Примерная, д. 1",
        "phones": "+79161234501", "meter": "10020001", "type": "Меркурий 201", "last": "", "on": ""}  # fmt: skip
PREPAID = {**DEMO, "account": "5012345604", "phones": "+79161234504", "meter": "10020004", "digits": "6"}


@pytest.fixture
def loading(store, tmp_path):
    def run(*lines, **options):
        return load_accounts(store, accounts_file(tmp_path, *lines), **options)

    return run


def account(store, number=NUMBER):
    with store.read() as db:
        (found,) = stored_accounts.by_number(db, number)
        phones = db.execute(select(Phones.phone).where(Phones.account_id == found.id).order_by(Phones.phone))
        return found, list(phones.scalars())


def readings(store, number=NUMBER):
    """(zone, value, state, day, superseded, from a call) of an account, by their time."""
    query = (
        select(Registers.zone, Readings.value, Readings.state, Readings.taken_at, Readings.superseded,
               Readings.call_sid.is_not(None))
        .join(Registers, Registers.id == Readings.register_id)
        .join(Meters, Meters.id == Registers.meter_id)
        .join(Accounts, Accounts.id == Meters.account_id)
        .where(Accounts.number == number)
        .order_by(Readings.taken_at, Registers.zone)
    )  # fmt: skip
    with store.read() as db:
        return [
            (z, v, s, at.astimezone(MOSCOW).date(), old, bool(call))
            for z, v, s, at, old, call in db.execute(query)
        ]


def everything(store):
    """All rows that an import may touch."""
    with store.read() as db:
        return [db.execute(select(table.__table__).order_by(*table.__table__.primary_key)).all()
                for table in (Accounts, Phones, Meters, Registers, Readings, Requests)]  # fmt: skip


class TestWhatIsWritten:
    def test_an_account_with_all_that_belongs_to_it(self, loading, store):
        loaded = loading(
            row(zone="Т1", phones="8 916 000-00-01, +74950000002", power="7,5", digits="6"),
            row(zone="T2", phones="8 916 000-00-01, +74950000002", power="7,5", digits="6", last="3210"),
            row(meter="77000002", power="", last="", on="", phones="8 916 000-00-01, +74950000002"),
        )
        assert (loaded.lines, problems(loaded)) == (3, [])
        found, phones = account(store)
        assert phones == ["+74950000002", "+79160000001"]
        assert [(m.number, m.type, m.prepaid, m.max_power_kw) for m in found.meters] == [
            ("77000001", "Меркурий 201", False, 7.5), ("77000002", "Меркурий 201", False, None),
        ]  # fmt: skip
        assert [(r.zone, r.digits) for m in found.meters for r in m.registers] == [
            ("T1", 6),
            ("T2", 6),
            ("T", 5),
        ]
        assert readings(store) == [
            ("T1", 12301, "accepted", date(2026, 10, 20), False, False),
            ("T2", 3210, "accepted", date(2026, 10, 20), False, False),
        ]
        with store.read() as db:
            assert stored_accounts.holder(db, found.id) == ("Иванов И. И.", "ул. Вымышленная, д. 1")

    def test_the_line_takes_readings_for_it(self, loading, line, store):
        loading(row())
        caller = Caller(line.calls, "+79160000001")
        caller.talk("передать показания", "#12450", "да")
        assert readings(store)[-1] == ("T", 12450, "accepted", date(2026, 11, 20), False, True)

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1251"])
    def test_encodings(self, store, tmp_path, encoding):
        load_accounts(store, accounts_file(tmp_path, row(holder="Ёжиков"), encoding=encoding))
        with store.read() as db:
            assert db.execute(select(Accounts.holder).where(Accounts.number == NUMBER)).scalar() == "Ёжиков"

    def test_the_same_file_again_changes_nothing(self, loading, store):
        lines = [
            row(zone="Т1"),
            row(zone="Т2"),
            row(account="5099000002", phones="", reprogrammed="01.10.2026"),
        ]
        loading(*lines)
        before = everything(store)
        tallies = loading(*lines).tallies
        assert everything(store) == before
        assert {(one.added, one.changed, one.removed) for one in tallies.values()} == {(0, 0, 0)}
        assert [tallies[name].same for name in ("accounts", "phones", "meters", "registers", "readings")] == [
            2, 1, 2, 3, 3,
        ]  # fmt: skip

    def test_a_dry_run_tells_the_same_and_writes_nothing(self, loading, store):
        loading(row(), row(account="5099000002"))
        before = everything(store)
        lines = [row(holder="Петров", phones="+79160000009"), row(account="5099000003", digits="6"),
                 row(**{**PREPAID, "reprogrammed": "01.11.2026"})]  # fmt: skip
        told = loading(*lines, dry_run=True).tallies
        assert everything(store) == before
        assert told == loading(*lines).tallies
        assert told["accounts"] == Tally(1, 2, 0)
        assert told["phones"] == Tally(2, 0, 1, 1)

    def test_what_changed_is_changed_and_what_is_absent_stays(self, loading, store):
        loading(row(phones="+79160000001,+79160000002"), row(account="5099000002"))
        changed = row(holder="Петров", address="ул. Новая", phones="+79160000002,+79160000003", type="СТК3",
                      prepaid="да", power="", digits="6", last="", on="")  # fmt: skip
        tallies = loading(changed).tallies
        assert tallies == {
            "accounts": Tally(0, 1, 0), "phones": Tally(1, 0, 1, 1), "meters": Tally(0, 1, 0),
            "registers": Tally(0, 1, 0), "readings": Tally(0, 0, 0), "requests": Tally(0, 0, 0),
        }  # fmt: skip
        found, phones = account(store)
        assert phones == ["+79160000002", "+79160000003"]
        (meter,) = found.meters
        assert (meter.type, meter.prepaid, meter.max_power_kw) == ("СТК3", True, None)
        assert [register.digits for register in meter.registers] == [6]
        assert len(readings(store)) == 1
        assert account(store, "5099000002")[1] == ["+79160000001"]

    def test_a_phone_of_another_account_stays_with_it(self, loading, store):
        loading(row(), row(account="5099000002"))
        loading(row(phones=""))
        assert (account(store)[1], account(store, "5099000002")[1]) == ([], ["+79160000001"])

    def test_lines_of_an_account_need_not_follow_each_other(self, loading, store):
        other = row(account="5099000002")
        loaded = loading(row(zone="Т1"), other, row(zone="Т2"))
        assert problems(loaded) == []
        assert (loaded.tallies["accounts"], loaded.tallies["phones"]) == (Tally(2, 0, 0), Tally(2, 0, 0))
        assert len(account(store)[0].meters) == 1

    def test_two_accounts_may_have_the_same_number_on_their_meters(self, loading):
        assert problems(loading(row(), row(account="5099000002"))) == []


class TestReadings:
    def test_a_later_one_of_the_month_replaces_the_files_earlier_one(self, loading, store):
        loading(row())
        loading(row(last="12400", on="25.10.2026"))
        loading(row(last="12500", on="10.11.2026"))
        assert [(value, old) for _, value, _, _, old, _ in readings(store)] == [
            (12301, True), (12400, False), (12500, False),
        ]  # fmt: skip

    def test_an_earlier_one_of_the_month_does_not_count(self, loading, store):
        loading(row(last="12400", on="25.10.2026"))
        loading(row())
        assert [(value, old) for _, value, _, _, old, _ in readings(store)] == [(12301, True), (12400, False)]

    def test_another_value_for_the_day_corrects_the_files_own(self, loading, store):
        loading(row())
        assert loading(row(last="12299")).tallies["readings"] == Tally(0, 1, 0)
        assert [value for _, value, *_ in readings(store)] == [12299]

    def test_what_a_call_gave_stays_and_is_not_doubled(self, loading, line, store):
        loading(row())
        Caller(line.calls, "+79160000001").talk("передать показания", "#12450", "да")
        before = readings(store)
        assert loading(row(last="12450", on="20.11.2026")).tallies["readings"] == Tally(0, 0, 1)
        assert readings(store) == before

    def test_beside_a_call_of_the_month_the_file_is_marked_as_replaced(self, loading, line, store):
        loading(row())
        Caller(line.calls, "+79160000001").talk("передать показания", "#12450", "да")
        loading(row(last="12400", on="15.11.2026"))
        loading(row(last="12440", on="20.11.2026"))  # the same day: the call came after its beginning
        assert [(value, old, call) for _, value, _, _, old, call in readings(store)] == [
            (12301, False, False), (12400, True, False), (12440, True, False), (12450, False, True),
        ]  # fmt: skip

    def test_one_of_a_call_that_is_in_review_does_not_stand_for_it(self, loading, line, store):
        loading(row())
        Caller(line.calls, "+79160000001").talk("передать показания", "#12000", "да")
        assert readings(store)[-1][:3] == ("T", 12000, "in_review")
        loading(row(last="12000", on="20.11.2026"))
        assert [state for _, value, state, *_ in readings(store) if value == 12000] == [
            "accepted",
            "in_review",
        ]

    def test_a_day_is_a_day_of_moscow(self, loading, store):
        loading(row(on="01.10.2026"))
        with store.read() as db:
            taken = db.execute(select(func.max(Readings.taken_at)).where(Readings.value == 12301)).scalar()
            own = select(Readings.taken_at).where(Readings.taken_at == datetime(2026, 10, 1, tzinfo=MOSCOW))
            assert len(db.execute(own).all()) == 1
        assert taken is not None

    def test_today_is_not_the_future(self, loading):
        assert problems(loading(row(on="20.11.2026"))) == []
        early = datetime(2026, 11, 19, 21, 30, tzinfo=NOW.tzinfo)  # half past midnight in Moscow
        assert problems(loading(row(on="20.11.2026", last="12302"), now=early)) == []


class TestRequests:
    @pytest.fixture
    def request_of(self, store):
        def take(number, meter=None, state="new", kind="reprogramming"):
            with store.write() as db:
                (found,) = stored_accounts.by_number(db, number)
                meter_id = next((one.id for one in found.meters if one.number == meter), None)
                values = {"kind": kind, "state": state, "account_id": found.id, "meter_id": meter_id}
                return requests.add(db, values, datetime(2026, 11, 1, tzinfo=MOSCOW))

        return take

    @pytest.fixture
    def states(self, store):
        def read(*ids):
            with store.read() as db:
                found = dict(db.execute(select(Requests.id, Requests.state)).all())
            return [found[id] for id in ids]

        return read

    def test_a_reprogrammed_meter_ends_its_requests(self, loading, request_of, states, store):
        by_account = request_of("5012345604")
        by_meter = request_of("5012345604", "10020004", "in_work")
        others = (request_of("5012345601"), request_of("5012345604", kind="call_back"),
                  request_of("5012345604", state="cancelled"))  # fmt: skip
        loaded = loading(row(**{**PREPAID, "reprogrammed": "12.11.2026"}))
        assert loaded.tallies["requests"].changed == 2
        assert states(by_account, by_meter, *others) == ["done", "done", "new", "new", "cancelled"]
        with store.read() as db:
            assert db.execute(select(Requests.updated_at).where(Requests.id == by_meter)).scalar() == NOW
        assert loading(row(**{**PREPAID, "reprogrammed": "12.11.2026"})).tallies["requests"].changed == 0

    def test_one_that_is_opened_after_the_file_is_ended_by_the_next(self, loading, request_of, states):
        loading(row(**{**PREPAID, "reprogrammed": "12.11.2026"}))
        late = request_of("5012345604", "10020004")
        assert loading(row(**{**PREPAID, "reprogrammed": "12.11.2026"})).tallies["requests"].changed == 1
        assert states(late) == ["done"]

    def test_with_another_meter_that_waits_only_its_own_ends(self, loading, request_of, states):
        waits = row(meter="77000002", prepaid="да")
        loading(row(prepaid="да"), waits)
        of_account, of_done, of_waiting = (
            request_of(NUMBER), request_of(NUMBER, "77000001"), request_of(NUMBER, "77000002")
        )  # fmt: skip
        loading(row(reprogrammed="12.11.2026"))  # the other meter stands in the database alone
        assert states(of_account, of_done, of_waiting) == ["new", "done", "new"]
        loading(row(reprogrammed="12.11.2026"), waits)
        assert states(of_account, of_waiting) == ["new", "new"]
        loading(row(reprogrammed="12.11.2026"), row(meter="77000002", reprogrammed="12.11.2026"))
        assert states(of_account, of_waiting) == ["done", "done"]


class TestLinesAgainstEachOther:
    DIFFERENT = (
        (
            {"holder": "Петров"},
            "столбец «Абонент»: «Петров» — счёт {account}: в строке {line} иначе: Иванов И. И.",
        ),
        (
            {"address": "ул. Новая"},
            "столбец «Адрес»: «ул. Новая» — счёт {account}: в строке {line} иначе: ул.",
        ),
        ({"phones": ""}, "столбец «Телефоны»: пусто — счёт {account}: в строке {line} иначе: +79160000001"),
        (
            {"type": "СТК3"},
            "столбец «Тип счётчика»: «СТК3» — счётчик 77000001: в строке {line} иначе: Меркурий",
        ),
        ({"prepaid": "да"}, "столбец «Предоплата»: «да» — счётчик 77000001: в строке {line} иначе: нет"),
        ({"reprogrammed": "01.02.2026"}, "«01.02.2026» — счётчик 77000001: в строке {line} иначе: пусто"),
        ({"power": "7,5"}, "столбец «Мощность, кВт»: «7,5» — счётчик 77000001: в строке {line} иначе: 15"),
    )

    @pytest.mark.parametrize("apart", [False, True])
    def test_one_thing_told_in_two_ways(self, loading, store, apart):
        before = everything(store)
        accounts = [f"509900000{number}" for number in range(len(self.DIFFERENT))]
        ours = [row(account=account, zone="Т1") for account in accounts]
        others = [
            row(**{"account": account, "zone": "Т2", **change})
            for account, (change, _) in zip(accounts, self.DIFFERENT, strict=True)
        ]
        together = [line for pair in zip(ours, others, strict=True) for line in pair]
        lines = [*ours, *others] if apart else together
        told = problems(loading(*lines))
        assert len(told) == len(self.DIFFERENT)
        for account, our, other, sentence, (_, expected) in zip(
            accounts, ours, others, told, self.DIFFERENT, strict=True
        ):
            assert sentence.startswith(f"строка {lines.index(other) + 2}, ")
            assert expected.format(account=account, line=lines.index(our) + 2) in sentence
        assert everything(store) == before

    def test_a_register_that_stands_twice(self, loading):
        assert problems(loading(row(), row(account="5099000002"), row(last="5"))) == [
            "строка 4: счётчик 77000001 с зоной Т уже есть в строке 2"
        ]

    def test_zones_that_no_meter_has_together(self, loading):
        wrong = [("Т", "Т1"), ("Т1",), ("Т2",), ("Т1", "Т3"), ("Т", "Т1", "Т2")]
        lines = [row(meter=str(n), zone=zone) for n, zones in enumerate(wrong) for zone in zones]
        told = problems(loading(row(account="5099000002"), *lines))
        assert [sentence.partition(": ")[2].partition(";")[0] for sentence in told] == [
            f"счётчик {n}: зоны {', '.join(zones)}" for n, zones in enumerate(wrong)
        ]
        assert told[0].startswith("строка 3: ")

    def test_zones_that_the_database_has_otherwise(self, loading, store):
        loading(row())
        before = everything(store)
        (told,) = problems(loading(row(zone="Т1"), row(zone="Т2")))
        assert told == "строка 2: счётчик 77000001: в файле зоны Т1, Т2, а в базе Т; вместе они не бывают"
        assert everything(store) == before

    def test_digits_that_the_last_reading_in_the_database_does_not_fit(self, loading, store):
        loading(row())
        before = everything(store)
        (told,) = problems(loading(row(digits="4", last="", on="")))
        assert told == (
            "строка 2, столбец «Знаков до запятой»: «4» — мало: принятому показанию 12301 от 20.10.2026, "
            "которое есть в базе, нужно 5 знаков"
        )
        (told,) = problems(loading(row(digits="4", last="100", on="19.10.2026")))
        assert "«4» — мало" in told
        assert everything(store) == before
        assert problems(loading(row(digits="4", last="1230"))) == []  # the same day's was wrong
        assert problems(loading(row(digits="4", last="12301"))) == [
            "строка 2, столбец «Последнее показание»: «12301» — не помещается в 4 знака до запятой"
        ]

    def test_a_third_zone_may_come(self, loading, store):
        loading(row(zone="Т1"), row(zone="Т2"))
        assert problems(loading(row(zone="Т1"), row(zone="Т2"), row(zone="Т3"))) == []
        assert len(account(store)[0].meters[0].registers) == 3

    def test_beside_a_broken_line_zones_are_not_judged(self, loading):
        assert len(problems(loading(row(zone="Т1"), row(zone="Т2", digits="9")))) == 1

    def test_many_problems_of_both_kinds(self, loading):
        lines = [row(account=f"50990{n:05}", zone="Т9") for n in range(40)]
        lines += [row(holder=str(n), zone=f"Т{n % 3 + 1}") for n in range(40)]
        told = problems(loading(*lines))
        assert len(told) == 51
        assert told[0].startswith("строка 2, ")
        assert told[-1].startswith("и ещё ")


class TestGoodToKnow:
    def test_a_reading_lower_than_the_stored_one_or_ancient(self, loading):
        loading(row())
        loaded = loading(row(last="12300", on="21.10.2026"))
        assert (problems(loaded), notes(loaded)) == (
            [],
            [
                "строка 2, столбец «Последнее показание»: «12300» — меньше показания 12301 от 20.10.2026, "
                "которое есть в базе"
            ],
        )
        assert notes(loading(row(last="11000", on="20.09.2026"))) == []
        (told,) = notes(loading(row(last="1", on="20.10.2006")))
        assert told == "строка 2, столбец «Дата показания»: «20.10.2006» — больше десяти лет назад"

    def test_a_meter_of_another_account(self, loading):
        others = {"account": "5099000002", "phones": ""}
        (told,) = notes(loading(row(meter="М-7в"), row(meter="M-7B", **others)))
        assert told == (
            "строка 3, столбец «Номер счётчика»: «M-7B» — такой счётчик есть и на счёте 5099000001, строка 2"
        )
        (told,) = notes(loading(row(meter="м-7В", account="5099000003", phones="")))
        assert "такой счётчик есть и на счёте 509900000" in told
        assert told.endswith("в базе")

    def test_one_meter_in_two_spellings_is_made_once(self, loading, store):
        loading(row(meter="СМ7", zone="Т1"), row(meter="CM7", zone="Т2"))
        loaded = loading(row(meter="см7", zone="Т1", digits="6"), row(meter="СМ7", zone="Т2"))
        (told,) = notes(loaded)
        assert told == (
            "строка 2, столбец «Номер счётчика»: «см7» — в базе он записан как «СМ7»: похожие буквы, "
            "считается тем же счётчиком"
        )
        (meter,) = account(store)[0].meters
        assert meter.number == "СМ7"
        assert [register.digits for register in meter.registers] == [6, 5]
        loaded = loading(row(meter="Ё1", zone="Т1"), row(meter="ё1", zone="Т2"))
        assert "«ё1» — выше он записан как «Ё1»" in notes(loaded)[0]
        assert len(account(store)[0].meters) == 2


def test_what_somebody_else_wrote_meanwhile_is_written_over(store, tmp_path, monkeypatch):
    """Between the comparison and the writing another program changes what is compared."""
    from ivr.store.importing import writing

    load_accounts(store, accounts_file(tmp_path, row()))
    write = writing.write

    def meanwhile(db, now):
        db.execute(update(Accounts).where(Accounts.number == NUMBER).values(address="другой"))
        write(db, now)

    monkeypatch.setattr(writing, "write", meanwhile)
    load_accounts(store, accounts_file(tmp_path, row(address="ул. Новая")))
    with store.read() as db:
        assert db.execute(select(Accounts.address).where(Accounts.number == NUMBER)).scalar() == "ул. Новая"
