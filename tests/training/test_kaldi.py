"""`final.mdl`: what is written is what Kaldi reads."""

import struct
from pathlib import Path

import numpy as np
import pytest

from training.ears.kaldi import acoustic_model, descriptor
from training.ears.kaldi.acoustic_model import Node
from training.ears.words.phones import PHONES

PDFS = 2 * len(PHONES)


def network(seed: int = 1) -> list[Node]:
    """A tiny one with a residual sum."""
    draw = np.random.default_rng(seed).normal
    width = 16
    return [
        Node(
            "first",
            "Append(Offset(input, -1), input)",
            draw(size=(width, 80)) / 40,
            draw(size=width),
            relu=True,
        ),
        Node("low", "Append(Offset(first.relu, -3), first.relu)", draw(size=(8, 2 * width)), np.zeros(8)),
        Node("high", "low.affine", draw(size=(width, 8)), draw(size=width), relu=True),
        Node("sum", "Sum(Scale(0.66, first.relu), high.relu)"),
        Node("output", "sum", draw(size=(PDFS, width)) / 20, draw(size=PDFS) / 20),
    ]


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("a", 3),
        ("Append(Offset(a, -3), a, b)", 11),
        ("Sum(Scale(0.66, a), Offset(a, 1))", 3),
        ("Scale(-1, b)", 5),
    ],
)
def test_widths_of_descriptors(text: str, width: int) -> None:
    assert descriptor.dim(text, {"a": 3, "b": 5}) == width


@pytest.mark.parametrize(
    "text", ["c", "Sum(a, b)", "Append(a", "Twice(a)", "a b", "Append()", "", "Append(a,"]
)
def test_descriptors_that_mean_nothing(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        descriptor.dim(text, {"a": 3, "b": 5})


@pytest.mark.parametrize("compressed", [False, True])
def test_a_matrix_is_read_back(tmp_path: Path, compressed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acoustic_model, "SMALL", 0)
    nodes = network()
    acoustic_model.write(tmp_path / "final.mdl", nodes, compressed=compressed)
    written = (tmp_path / "final.mdl").read_bytes()
    assert written[:2] == b"\0B"
    place = written.index(b"<LinearParams> ") + 15
    assert nodes[0].weight is not None
    if compressed:
        assert written[place : place + 4] == b"CM2 "
        low, span, rows, columns = struct.unpack_from("<ffii", written, place + 4)
        raw = np.frombuffer(written, "<u2", rows * columns, place + 20)
        read = low + span * raw.reshape(rows, columns) / 65_535
        assert abs(read - nodes[0].weight).max() <= span / 65_535
    else:
        assert written[place : place + 3] == b"FM "
        read = np.frombuffer(written, "<f4", nodes[0].weight.size, place + 13).reshape(nodes[0].weight.shape)
        assert np.allclose(read, nodes[0].weight, atol=1e-6)


def test_positions_share_pdfs() -> None:
    assert [
        acoustic_model.phone_id(PHONES[0]),
        *(acoustic_model.phone_id(PHONES[1], place) for place in "BEIS"),
    ] == [
        1,
        2,
        3,
        4,
        5,
    ]
    assert acoustic_model.phone_id(PHONES[-1], "S") == 1 + 4 * (len(PHONES) - 1)
    assert acoustic_model.forward_tid(3) == 6
    assert acoustic_model.selfloop_tid(3) == 5


def test_networks_that_do_not_fit(tmp_path: Path) -> None:
    first, *rest = network()
    with pytest.raises(ValueError, match="first"):
        acoustic_model.write(tmp_path / "x", [Node("first", "input", first.weight, first.bias), *rest])
    with pytest.raises(ValueError, match="output"):
        acoustic_model.write(tmp_path / "x", [first])
    with pytest.raises(ValueError, match="no earlier node"):
        acoustic_model.write(tmp_path / "x", rest)
