"""The network: log-mel frames in, the sound of each 30 ms out."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from tools.demo_model.features import FRAMES_PER_OUTPUT, MEL_BANDS
from tools.demo_model.phones import SOUNDS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SPLICES: tuple[tuple[int, ...], ...] = (
    (-2, -1, 0, 1, 2),
    (-1, 0, 1),
    (-3, 0, 3),
    (-3, 0, 3),
    (-3, 0, 3),
    (-3, 0, 3),
)
"""Frames each layer looks at, in input frames; from the second layer on only every third frame is
computed."""
CONTEXT = sum(max(splice) for splice in SPLICES)
_STRIDES = (1, FRAMES_PER_OUTPUT, 1, 1, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """How the network is trained."""

    seed: int
    width: int = 320
    steps: int = 1_800
    chunks: int = 64
    chunk_outputs: int = 60
    peak_rate: float = 3e-3
    dropout: float = 0.05
    label_smoothing: float = 0.01


class Network(nn.Module):  # type: ignore[misc]  # torch is not installed where types are checked
    """Six layers of splice, affine, ReLU and batch norm, then an affine to the sounds."""

    def __init__(self, *, width: int, dropout: float) -> None:
        super().__init__()
        sizes = [MEL_BANDS] + [width] * (len(SPLICES) - 1)
        self.mean = nn.Buffer(torch.zeros(MEL_BANDS))
        self.scale = nn.Buffer(torch.ones(MEL_BANDS))
        self.affines = nn.ModuleList(
            nn.Linear(size * len(splice), width)
            for size, splice in zip(sizes, SPLICES, strict=True)
        )
        self.norms = nn.ModuleList(nn.BatchNorm1d(width, affine=False) for _ in SPLICES)
        self.dropout = nn.Dropout(dropout)
        self.output = nn.Linear(width, len(SOUNDS))

    def forward(self, frames: Tensor) -> Tensor:
        """Return logits (batch, outputs, sounds) for *frames* (batch, frames, bands)."""
        hidden = (frames - self.mean) * self.scale
        layers = zip(self.affines, self.norms, SPLICES, _STRIDES, strict=True)
        for index, (affine, norm, splice, stride) in enumerate(layers):
            step = 1 if index < 2 else FRAMES_PER_OUTPUT
            hidden = torch.relu(affine(_spliced(hidden, splice, step, stride)))
            batch, length, width = hidden.shape
            hidden = norm(hidden.reshape(-1, width).float()).reshape(batch, length, width)
            hidden = self.dropout(hidden)
        logits: Tensor = self.output(hidden)
        return logits


def _spliced(frames: Tensor, splice: Sequence[int], step: int, stride: int) -> Tensor:
    """Put the frames that *splice* names side by side.

    One row of *frames* is *step* input frames; *stride* rows lie between two results.
    """
    offsets = [(offset - splice[0]) // step for offset in splice]
    count = frames.shape[1] - offsets[-1]
    return torch.cat([frames[:, o : o + count : stride] for o in offsets], dim=-1)


@dataclass(frozen=True, slots=True)
class Corpus:
    """All training frames in one row, and the sound of every third."""

    frames: Tensor
    labels: Tensor

    @classmethod
    def load(cls, shards: Sequence[Path]) -> Corpus:
        """Read the files that ``corpus.make_corpus`` wrote."""
        frames, labels = [], []
        for path in shards:
            with np.load(path) as shard:
                frames.append(shard["features"])
                labels.append(shard["labels"])
        return cls(
            torch.from_numpy(np.concatenate(frames)),
            torch.from_numpy(np.concatenate(labels).astype(np.int16)),
        )


def train(corpus: Corpus, settings: Training) -> Network:
    """Train a network on *corpus*; prints the loss as it goes.

    The same corpus and the same number of threads give the same network.
    """
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(settings.seed)
    network = Network(width=settings.width, dropout=settings.dropout)
    sample = corpus.frames[:: max(1, len(corpus.frames) // 200_000)].float()
    network.mean.copy_(sample.mean(0))
    network.scale.copy_(1 / sample.std(0))
    optimiser = torch.optim.AdamW(network.parameters(), lr=settings.peak_rate, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, settings))
    began = time.monotonic()
    for step in range(settings.steps):
        frames, labels = _batch(corpus, settings)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = network(_disturbed(frames))
        loss = functional.cross_entropy(
            logits.float().flatten(0, 1),
            labels.flatten(),
            label_smoothing=settings.label_smoothing,
        )
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimiser.step()
        schedule.step()
        if step % 100 == 99:
            right = (logits.argmax(-1) == labels).float().mean().item()
            minutes = (time.monotonic() - began) / 60
            print(f"  {step + 1:5d} {loss.item():.3f} {right:.3f} {minutes:.1f} min", flush=True)
    network.eval()
    return network


def _rate(step: int, settings: Training) -> float:
    warm = min(1.0, (step + 1) / 150)
    return warm * (0.5 + 0.5 * math.cos(math.pi * step / settings.steps)) + 1e-3


def _batch(corpus: Corpus, settings: Training) -> tuple[Tensor, Tensor]:
    outputs = settings.chunk_outputs
    edge = CONTEXT // FRAMES_PER_OUTPUT
    starts = torch.randint(edge, len(corpus.labels) - outputs - edge, (settings.chunks, 1))
    length = (outputs - 1) * FRAMES_PER_OUTPUT + 1 + 2 * CONTEXT
    frame_index = starts * FRAMES_PER_OUTPUT - CONTEXT + torch.arange(length)
    label_index = starts + torch.arange(outputs)
    return corpus.frames[frame_index].float(), corpus.labels[label_index].long()


def _disturbed(frames: Tensor) -> Tensor:
    """Change level and colour of each chunk, add noise, hide bands and stretches."""
    batch, length, bands = frames.shape
    gain = torch.empty(batch, 1, 1).uniform_(-2.5, 2.5)
    knots = torch.randn(batch, 1, 6) * 0.8
    colour = functional.interpolate(knots, size=bands, mode="linear", align_corners=True)
    frames = frames + gain + colour
    floor = frames.mean((1, 2), keepdim=True) - torch.empty(batch, 1, 1).uniform_(0, 14)
    frames = torch.logaddexp(frames, floor + 0.6 * torch.randn(batch, length, bands))
    keep = torch.ones(batch, length, bands)
    _hide(keep, axis=2, most=8)
    _hide(keep, axis=1, most=10)
    return torch.where(keep > 0, frames, frames.mean((1, 2), keepdim=True))


def _hide(keep: Tensor, *, axis: int, most: int) -> None:
    batch, size = keep.shape[0], keep.shape[axis]
    place = torch.arange(size)
    for _ in range(2):
        width = torch.randint(0, most + 1, (batch, 1))
        first = (torch.rand(batch, 1) * (size - width)).long()
        hidden = (place >= first) & (place < first + width)
        keep *= (~hidden).float().unsqueeze(1 if axis == 2 else 2)
