"""What the line explains: each topic as pieces that are taken in by ear, in the order in which they are offered.

A piece is found by the facts of `grammars/facts.yaml` that it answers, so that what was asked for comes first. One
without an offer is told only to who asks for it: mostly something that the notice does not say.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ivr.language.grammar import DECOY, Grammar
from ivr.language.text import words

Facts = tuple[str, ...]


@dataclass(frozen=True)
class Piece:
    """At most three short sentences, then the caller says what next."""

    says: tuple[str, ...]
    """Prompts, said in turn; a piece is heard when all of them are."""
    answers: Facts
    offer: str = ""
    """The term that names it in «Дальше — …»."""
    dictated: tuple[str, ...] = ()
    """Prompts of what is in it to be written down, letter by letter or digit by digit."""
    operator: bool = False
    """The line does not know, and an operator is offered."""


_EMAIL_AND_OFFICE = ("dictate_email", "dictate_office")

_DEBT = Piece(
    ("supplier_debt", "supplier_no_details"),
    ("supplier_change.debt",),
    "next.supplier_debt",
    _EMAIL_AND_OFFICE,
)
_DETAILS = Piece(
    ("supplier_no_details",), ("supplier_change.requisites",), dictated=_EMAIL_AND_OFFICE, operator=True
)
_PAY_UNTIL = Piece(
    ("supplier_pay_until",), ("supplier_change.pay_until", "payment.before"), "next.supplier_pay_until"
)
_COURT = Piece(("supplier_court",), ("supplier_change.court",), "next.supplier_court")
_PAY_WHERE = Piece(
    ("payment_where", "channels_cabinet", "supplier_now"),
    ("payment.where", "readings_channels.cabinet", "contacts.site"),
    "next.payment_where",
    ("dictate_cabinet",),
)
_TARIFF = Piece(("payment_tariff",), ("payment.tariff", "after_reprogramming.price"), operator=True)
_PRICE = Piece(("price_unknown",), ("after_reprogramming.price",), operator=True)

_HERE = Piece(
    ("channels_here", "channels_cabinet"),
    ("readings_channels.here",),
    "next.channels_here",
    ("dictate_cabinet",),
)
_CABINET = Piece(("channels_cabinet",), ("readings_channels.cabinet",), dictated=("dictate_cabinet",))
_MES_PHONE = Piece(
    ("channels_phone",), ("readings_channels.phone",), "next.channels_phone", ("dictate_mes_phone",)
)
_SITE = Piece(
    ("channels_site", "channels_sberbank"), ("contacts.site",), "next.channels_site", ("dictate_sbyt_site",)
)
_BY_SBERBANK = Piece(("channels_sberbank",), ("payment.sberbank",))
_IF_NOT = Piece(("readings_if_not", "readings_window"), ("readings_channels.if_not",))
_CHANNELS = (_HERE, _MES_PHONE, _SITE, _CABINET, _BY_SBERBANK, _IF_NOT)
_WINDOW = Piece(("readings_window", "readings_if_not"), ("readings_channels.window",), "next.readings_window")

_NO_MEMO = Piece(
    ("refund_no_memo", "refund_ask_where"), ("refund.no_memo",), "next.refund_no_memo", _EMAIL_AND_OFFICE
)
_BEFORE = Piece(
    ("supplier_before", "supplier_agent"),
    ("supplier_change.before", "refund.who_is_kes"),
    "next.supplier_before",
)
_KES = Piece(("refund_no_kes", "refund_site"), ("refund.kes",), dictated=("dictate_kes_site",), operator=True)


@dataclass(frozen=True)
class Topic:
    """What there is to tell of a topic. The first piece is told where nothing more was asked."""

    own: tuple[Piece, ...]
    beyond: tuple[Piece, ...] = ()
    """Of a neighbouring topic: offered when everything of its own is told."""
    note: str = ""
    """Said once, after the first piece: which meter the keys are of."""


TOPICS: Mapping[str, Topic] = {
    "balance_keypad": Topic(
        (
            Piece(
                ("keypad_4",), ("balance_keypad.key4",), "next.keypad_4"
            ),  # the balance is what most come for
            Piece(
                ("keypad_1", "keypad_1_is_the_reading"),
                ("balance_keypad.key1", "balance_keypad.keys"),
                "next.keypad_1",
            ),
            Piece(("keypad_2", "keypad_2_only"), ("balance_keypad.key2",), "next.keypad_2"),
            Piece(("keypad_3",), ("balance_keypad.key3",), "next.keypad_3"),
            Piece(("keypad_4",), (), "next.keypad_4"),  # in its turn, for who did not begin with it
            Piece(("keypad_5",), ("balance_keypad.key5",), "next.keypad_5"),
            Piece(("keypad_6_warning", "keypad_6"), ("balance_keypad.key6",), "next.keypad_6"),
            Piece(("keypad_rest", "keypad_unlabelled"), (), "next.keypad_rest"),
            Piece(("keypad_8",), ("balance_keypad.key8",)),
            Piece(("keypad_0",), ("balance_keypad.key0",)),
            Piece(("keypad_star",), ("balance_keypad.star",)),
            Piece(("keypad_hash",), ("balance_keypad.hash",)),
            Piece(("keypad_unlabelled",), ("balance_keypad.unlabelled",)),
            Piece(("keypad_where",), ("balance_keypad.where",)),
            Piece(("keypad_meter",), ("balance_keypad.meter",)),
            Piece(("keypad_other_tariff",), ("balance_keypad.other_tariff",), operator=True),
            Piece(("keypad_other_meter",), ("balance_keypad.other_meter",), operator=True),
            Piece(("keypad_broken",), ("balance_keypad.broken",), operator=True),
            _PRICE,
        ),
        note="keypad_note",
    ),
    "refund": Topic(
        (
            Piece(("refund_apply",), ("refund.apply",), "next.refund_apply"),
            Piece(("refund_money",), ("refund.money",), "next.refund_money"),
            Piece(("refund_original", "memo_holds"), ("refund.memo",), "next.refund_original"),
            _NO_MEMO,
            Piece(("refund_when", "refund_kes_term"), ("refund.when",), "next.refund_when"),
            Piece(
                ("refund_site",),
                ("refund.procedure", "supplier_change.site", "contacts.site"),
                "next.refund_site",
                ("dictate_kes_site",),
            ),
            Piece(("refund_kes_term", "refund_when"), ("refund.kes_term",), operator=True),
            Piece(("refund_amount", "memo_holds"), ("refund.amount",), operator=True),
            _KES,
            replace(_BEFORE, offer=""),
            _PRICE,
        )
    ),
    "supplier_change": Topic(
        (
            Piece(("supplier_now",), ("supplier_change.now",), "next.supplier_now"),
            Piece(("supplier_order",), ("supplier_change.order",), "next.supplier_order"),
            _BEFORE,
            _PAY_UNTIL,
            _DEBT,
            _COURT,
            Piece(
                ("supplier_site",),
                ("supplier_change.site", "contacts.site"),
                "next.supplier_site",
                ("dictate_mes_site",),
            ),
            Piece(("supplier_contract",), ("supplier_change.contract",), operator=True),
            _DETAILS,
            _KES,
        ),
        (_PAY_WHERE, _TARIFF),
    ),
    "payment": Topic(
        (
            _PAY_WHERE,
            _PAY_UNTIL,
            _DEBT,
            _COURT,
            Piece(("payment_sberbank",), ("payment.sberbank",), "next.payment_sberbank"),
            Piece(("payment_cards", "payment_cards_stopped"), ("payment.cards",), "next.payment_cards"),
            _DETAILS,
            _TARIFF,
            Piece(("payment_receipt",), ("payment.receipt",), operator=True),
        )
    ),
    "readings_channels": Topic((*_CHANNELS, _WINDOW, _PRICE)),
    "after_reprogramming": Topic(
        (
            Piece(("after_payment",), ("after_reprogramming.payment", "payment.where"), "next.after_payment"),
            Piece(("memo_holds", "memo_for"), ("after_reprogramming.memo", "refund.memo"), "next.memo"),
            Piece(
                ("after_readings", "readings_window", "readings_if_not"),
                ("after_reprogramming.readings", "readings_channels.window"),
                "next.after_readings",
            ),
            Piece(("after_why",), ("after_reprogramming.why",)),
            replace(_NO_MEMO, offer=""),
            _PRICE,
            Piece(
                ("after_not_yet", "after_not_yet_when", "after_not_yet_zero"),
                ("after_reprogramming.not_yet",),
            ),
        ),
        _CHANNELS,
    ),
    "contacts": Topic(
        (
            Piece(("contacts_phone",), ("contacts.phone",), "next.contacts_phone", ("dictate_phone",)),
            Piece(("contacts_email",), ("contacts.email",), "next.contacts_email", ("dictate_email",)),
            Piece(("contacts_office",), ("contacts.office",), "next.contacts_office", ("dictate_office",)),
            Piece(("contacts_hours",), ("contacts.hours",), operator=True),
            _PRICE,
            _KES,
        ),
        (*_CHANNELS, _WINDOW),
    ),
}


def dictation(piece: Piece, only: str = "") -> tuple[str, ...]:
    """The piece's prompts to be written down; `only`: those of an "email", an "office", a "phone" or a "site"."""
    kinds = {"dictate_email": "email", "dictate_office": "office"}
    kinds |= {"dictate_phone": "phone", "dictate_mes_phone": "phone"}
    return tuple(prompt for prompt in piece.dictated if only in ("", kinds.get(prompt, "site")))


def find(topic: str, fact: str) -> Piece | None:
    """The topic's piece that answers the fact."""
    if topic not in TOPICS:
        return None
    pieces = TOPICS[topic].own + TOPICS[topic].beyond
    return next((piece for piece in pieces if fact in piece.answers), None)


def following(topic: str, piece: Piece, said: set[str]) -> Piece | None:
    """What is offered next: the first piece after this one, else from the top, that is not heard yet."""
    own, beyond = TOPICS[topic].own, TOPICS[topic].beyond
    around = _around(own, piece) + beyond if piece in own else _around(beyond, piece) + own
    return next((one for one in around if one.offer and not said.issuperset(one.says)), None)


def _around(pieces: tuple[Piece, ...], piece: Piece) -> tuple[Piece, ...]:
    place = pieces.index(piece)
    return pieces[place + 1 :] + pieces[:place]


def asked(facts: Grammar, topic: str, text: str, *, least: int = 1) -> str:
    """The fact with the longest phrase in the text, of those that the topic answers; empty without any.

    `least`: so many words the phrase must have.
    """
    spotted = [
        (length, fact) for fact, length, denied in facts.spot(words(text)) if fact == DECOY or not denied
    ]
    if any(fact == DECOY for _, fact in spotted):
        return ""
    known = [one for one in spotted if one[0] >= least and find(topic, one[1])]
    return max(known, default=(0, ""), key=lambda one: one[0])[1]
