"""The acoustic model: a factorised TDNN that looks at log mels and gives pdf scores each 30 ms.

Log mels are cut off below; two spliced layers bring 10 ms frames to 30 ms; then residual blocks, each a linear
bottleneck that looks back and an affine layer that looks ahead (Povey et al. 2018, «Semi-orthogonal low-rank matrix
factorization»), without the constraint. All of it is what Kaldi's nnet3 computes; `export` writes it so.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from training.ears.sound.features import MELS

BYPASS = 0.66
"""How much of a block's input is added to its output (Kaldi's own recipes)."""
LEAST = 7.0
"""Log mels below count as this: digital silence, the noise of 16 bits and a codec's empty band are all one."""


@dataclass(frozen=True)
class Shape:
    """Sizes of a network. `dilations` are in frames of 30 ms, one a block."""

    pdfs: int
    first: int = 128
    width: int = 320
    bottleneck: int = 96
    dilations: tuple[int, ...] = (1, 1, 1, 2, 2, 2)

    @property
    def pad(self) -> int:
        """Input frames (10 ms) of context on each side."""
        return 2 + 3 * sum(self.dilations)


class Spliced(nn.Module):
    """An affine layer of several frames, the earliest first, with batch normalisation where `normed`.

    (batch, frames, width in) → (batch, frames - (taps - 1) dilation, width out); with `stride` one frame of `taps`.
    """

    def __init__(
        self, width: int, out: int, taps: int, dilation: int = 1, *, normed: bool, stride: bool = False
    ) -> None:
        super().__init__()
        self.taps, self.dilation, self.stride = taps, dilation, stride
        self.linear = nn.Linear(taps * width, out, bias=False)
        self.norm = nn.BatchNorm1d(out) if normed else None

    def forward(self, x: Tensor) -> Tensor:
        y = self.linear(self._frames(x))
        return y if self.norm is None else self.norm(y.flatten(0, 1)).view(y.shape)

    def _frames(self, x: Tensor) -> Tensor:
        if self.stride:
            whole = x.shape[1] // self.taps
            return x[:, : whole * self.taps].reshape(len(x), whole, -1)
        kept = x.shape[1] - (self.taps - 1) * self.dilation
        return torch.cat([x[:, k * self.dilation :][:, :kept] for k in range(self.taps)], 2)


class Block(nn.Module):
    """x → 0.66 x + relu(norm(affine(linear(x)))), cropped by `dilation` on both sides."""

    def __init__(self, width: int, bottleneck: int, dilation: int) -> None:
        super().__init__()
        self.dilation = dilation
        self.linear = Spliced(width, bottleneck, 2, dilation, normed=False)
        self.affine = Spliced(bottleneck, width, 2, dilation, normed=True)

    def forward(self, x: Tensor) -> Tensor:
        kept = x[:, self.dilation : -self.dilation]
        return BYPASS * kept + torch.relu(self.affine(self.linear(x)))


class Network(nn.Module):
    """(batch, frames + 2 pad, MELS) → (batch, ceil(frames / 3), pdfs). `pad` edge frames stand on each side."""

    mean: Tensor
    scale: Tensor

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.register_buffer("mean", torch.zeros(MELS))
        self.register_buffer("scale", torch.ones(MELS))
        self.first = Spliced(MELS, shape.first, 3, normed=True)
        self.second = Spliced(shape.first, shape.width, 3, normed=True, stride=True)
        self.blocks = nn.ModuleList(Block(shape.width, shape.bottleneck, d) for d in shape.dilations)
        self.output = nn.Linear(shape.width, shape.pdfs)

    def forward(self, mels: Tensor) -> Tensor:
        x = (mels.clamp(min=LEAST) - self.mean) * self.scale
        x = torch.relu(self.first(x))
        x = torch.relu(self.second(x))
        for block in self.blocks:
            x = block(x)
        return torch.Tensor(self.output(x))

    def norms(self) -> list[nn.BatchNorm1d]:
        """All batch normalisations: their statistics stand still in the last part of training."""
        return [module for module in self.modules() if isinstance(module, nn.BatchNorm1d)]
