"""The tables. Times are UTC; readings are whole kWh; what a person is called and where they live stays here."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC datetime; SQLite keeps it without its zone. Raises ValueError for a naive one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Into the database."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Out of the database."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Base(DeclarativeBase):
    """Names constraints, so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime, str: Text}  # noqa: RUF012  SQLAlchemy's own protocol


ID = BigInteger().with_variant(Integer, "sqlite")
SID = String(64)


class Accounts(Base):
    """Лицевые счета."""

    __tablename__ = "accounts"
    id: Mapped[int] = mapped_column(ID, primary_key=True)
    number: Mapped[str] = mapped_column(String(32), unique=True)
    holder: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")


class Phones(Base):
    """Which phone (E.164) belongs to which accounts."""

    __tablename__ = "phones"
    phone: Mapped[str] = mapped_column(String(16), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)


class Meters(Base):
    """Приборы учёта."""

    __tablename__ = "meters"
    id: Mapped[int] = mapped_column(ID, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    number: Mapped[str] = mapped_column(String(32))
    type: Mapped[str]
    prepaid: Mapped[bool] = mapped_column(default=False)
    reprogrammed_on: Mapped[date | None]
    max_power_kw: Mapped[float | None]
    __table_args__ = (UniqueConstraint("account_id", "number"),)


class Registers(Base):
    """One counting register of a meter."""

    __tablename__ = "registers"
    id: Mapped[int] = mapped_column(ID, primary_key=True)
    meter_id: Mapped[int] = mapped_column(ForeignKey("meters.id", ondelete="CASCADE"), index=True)
    zone: Mapped[str] = mapped_column(String(2))
    digits: Mapped[int]
    __table_args__ = (
        UniqueConstraint("meter_id", "zone"),
        CheckConstraint("digits between 4 and 7", name="digits"),
        CheckConstraint("zone in ('T', 'T1', 'T2', 'T3')", name="zone"),
    )


class Calls(Base):
    """One row a call; `turn` is the one that the next event must name, `last_line` counts the journal."""

    __tablename__ = "calls"
    sid: Mapped[str] = mapped_column(SID, primary_key=True)
    caller: Mapped[str | None] = mapped_column(String(16), index=True)
    facts: Mapped[str]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"), index=True)
    turn: Mapped[int] = mapped_column(default=0)
    last_line: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime] = mapped_column(index=True)
    last_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None] = mapped_column(String(32))
    __table_args__ = (Index("ix_calls_open", "ended_at", "last_at"),)


class Turns(Base):
    """The reply to each turn, as it was given. `upto`: the journal's last line when it was."""

    __tablename__ = "turns"
    call_sid: Mapped[str] = mapped_column(SID, ForeignKey("calls.sid", ondelete="CASCADE"), primary_key=True)
    turn: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event_id: Mapped[str] = mapped_column(String(128))
    reply: Mapped[str]
    upto: Mapped[int]
    at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("call_sid", "event_id"),)


class Journal(Base):
    """The journal of each call: the only state that a call has."""

    __tablename__ = "journal"
    call_sid: Mapped[str] = mapped_column(SID, ForeignKey("calls.sid", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(5))
    type: Mapped[str] = mapped_column(String(16))
    key: Mapped[str] = mapped_column(String(128))
    payload: Mapped[str]
    at: Mapped[datetime]
    __table_args__ = (CheckConstraint("kind in ('input', 'note')", name="kind"),)


class Receipts(Base):
    """One a call and account: the number told for all its readings."""

    __tablename__ = "receipts"
    id: Mapped[int] = mapped_column(ID, primary_key=True)
    call_sid: Mapped[str] = mapped_column(SID, ForeignKey("calls.sid"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("call_sid", "account_id"),)


class Readings(Base):
    """Readings of registers. With no call, they came from the utility's own records."""

    __tablename__ = "readings"
    id: Mapped[int] = mapped_column(ID, primary_key=True)
    register_id: Mapped[int] = mapped_column(ForeignKey("registers.id", ondelete="CASCADE"))
    call_sid: Mapped[str | None] = mapped_column(SID, ForeignKey("calls.sid"))
    receipt_id: Mapped[int | None] = mapped_column(ForeignKey("receipts.id"))
    value: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(16))
    confirmed: Mapped[bool]
    outside_window: Mapped[bool] = mapped_column(default=False)
    rolled_over: Mapped[bool] = mapped_column(default=False)
    superseded: Mapped[bool] = mapped_column(default=False)
    """A later reading of the same month replaced it."""
    taken_at: Mapped[datetime]
    __table_args__ = (
        UniqueConstraint("call_sid", "register_id", "confirmed"),
        Index("ix_readings_register_taken", "register_id", "taken_at"),
        CheckConstraint("state in ('accepted', 'in_review', 'unconfirmed')", name="state"),
        CheckConstraint("confirmed = (state != 'unconfirmed')", name="confirmed"),
        CheckConstraint("value >= 0", name="value"),
    )


class Requests(Base):
    """Requests of callers; people speak of them by `domain.requests.human_number(id)`."""

    __tablename__ = "requests"
    id: Mapped[int] = mapped_column(ID, primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16), default="new")
    urgent: Mapped[bool] = mapped_column(default=False)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"), index=True)
    phone: Mapped[str | None] = mapped_column(String(16))
    words: Mapped[str] = mapped_column(default="")
    meter_id: Mapped[int | None] = mapped_column(ForeignKey("meters.id", ondelete="SET NULL"))
    balance: Mapped[int | None] = mapped_column(BigInteger)
    """Kopecks left on a prepaid meter, as the caller says."""
    runs_out_at: Mapped[datetime | None]
    """When that money is expected to be used up, at the earliest."""
    incomplete: Mapped[bool] = mapped_column(default=False)
    """The caller did not know all that was asked: a person should."""
    address: Mapped[str] = mapped_column(default="")
    """Where there is no power, word for word."""
    since: Mapped[str] = mapped_column(default="")
    """Since when, word for word."""
    call_sid: Mapped[str | None] = mapped_column(SID, ForeignKey("calls.sid"), index=True)
    last_call_sid: Mapped[str | None] = mapped_column(SID, ForeignKey("calls.sid"), index=True)
    """The last call that asked for it again."""
    created_at: Mapped[datetime] = mapped_column(index=True)
    updated_at: Mapped[datetime]


class Transfers(Base):
    """Each handing over of a call, with the summary that the operator gets. `turn`: the one its outcome names."""

    __tablename__ = "transfers"
    call_sid: Mapped[str] = mapped_column(SID, ForeignKey("calls.sid", ondelete="CASCADE"), primary_key=True)
    turn: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    reason: Mapped[str] = mapped_column(String(64))
    summary: Mapped[str]
    state: Mapped[str] = mapped_column(String(16), default="waiting", index=True)
    choice: Mapped[str] = mapped_column(String(16), default="")
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Outbox(Base):
    """What must leave this machine: written with what caused it, sent afterwards by the worker."""

    __tablename__ = "outbox"
    id: Mapped[int] = mapped_column(ID, primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    key: Mapped[str] = mapped_column(String(128), unique=True)
    payload: Mapped[str]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(default="")
    __table_args__ = (Index("ix_outbox_due", "sent_at", "failed_at", "due_at"),)


class Outages(Base):
    """Announced outages by place."""

    __tablename__ = "outages"
    id: Mapped[int] = mapped_column(ID, primary_key=True)
    number: Mapped[str | None] = mapped_column(String(64), unique=True)
    """The announcement's own number, by which a second import knows it again."""
    address: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class Clock(Base):
    """The one row by which all processes agree on a clock set for demos: the start asked for, and the offset."""

    __tablename__ = "clock"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    asked: Mapped[str] = mapped_column(String(64))
    offset_s: Mapped[float]
