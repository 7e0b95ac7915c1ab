"""Writes Kaldi's binary files: the transition model and the nnet3 network of ``final.mdl``."""

from __future__ import annotations

import struct
from typing import IO, TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray


class KaldiFile:
    """An open Kaldi file in binary form."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        stream.write(b"\0B")

    def token(self, *tokens: str) -> None:
        """Write each token and a space."""
        for token in tokens:
            self._stream.write(token.encode() + b" ")

    def text(self, text: str) -> None:
        """Write *text* as it is."""
        self._stream.write(text.encode())

    def int32(self, *numbers: int) -> None:
        """Write each number with the byte that tells its size."""
        for number in numbers:
            self._stream.write(b"\x04" + struct.pack("<i", number))

    def float32(self, number: float) -> None:
        """Write a float with the byte that tells its size."""
        self._stream.write(b"\x04" + struct.pack("<f", number))

    def float64(self, number: float) -> None:
        """Write a double with the byte that tells its size."""
        self._stream.write(b"\x08" + struct.pack("<d", number))

    def boolean(self, *, true: bool) -> None:
        """Write T or F."""
        self._stream.write(b"T" if true else b"F")

    def integers(self, numbers: Sequence[int]) -> None:
        """Write a vector of int32."""
        self._stream.write(b"\x04" + struct.pack("<i", len(numbers)))
        self._stream.write(np.asarray(numbers, dtype="<i4").tobytes())

    def vector(self, values: NDArray[np.floating]) -> None:
        """Write a vector of floats."""
        self.token("FV")
        self.int32(len(values))
        self._stream.write(np.asarray(values, dtype="<f4").tobytes())

    def matrix(self, values: NDArray[np.floating]) -> None:
        """Write a matrix of floats."""
        self.token("FM")
        self.int32(*values.shape)
        self._stream.write(np.ascontiguousarray(values, dtype="<f4").tobytes())

    def compressed_matrix(self, values: NDArray[np.floating]) -> None:
        """Write a matrix with 16 bits for each value, evenly between least and greatest."""
        least, most = float(values.min()), float(values.max())
        self.token("CM2")
        self._stream.write(struct.pack("<ffii", least, most - least, *values.shape))
        steps = np.round((values - least) * (65_535 / max(most - least, 1e-9)))
        self._stream.write(np.ascontiguousarray(steps, dtype="<u2").tobytes())


def write_transitions(file: KaldiFile, pdf_of_phone: Sequence[int]) -> None:
    """Write a transition model of one state for each phone.

    Phone ids count from 1; *pdf_of_phone[0]* belongs to phone 1. The self-loop of phone p then has
    the transition id 2p − 1 and the way forward 2p.
    """
    phones = range(1, len(pdf_of_phone) + 1)
    file.token("<TransitionModel>", "<Topology>")
    file.integers(list(phones))
    file.integers([-1, *([0] * len(pdf_of_phone))])
    file.int32(1)  # one kind of topology
    file.int32(2)  # with two states, of which the second is final
    file.int32(0)  # pdf class of the first
    file.int32(2)  # its transitions
    for target in (0, 1):
        file.int32(target)
        file.float32(0.5)
    file.int32(-1)
    file.int32(0)
    file.token("</Topology>", "<Triples>")
    file.int32(len(pdf_of_phone))
    for phone, pdf in zip(phones, pdf_of_phone, strict=True):
        file.int32(phone, 0, pdf)
    file.token("</Triples>", "<LogProbs>")
    log_probs = np.full(2 * len(pdf_of_phone) + 1, np.log(0.5))
    log_probs[0] = 0.0
    file.vector(log_probs)
    file.token("</LogProbs>", "</TransitionModel>")


def write_network(
    file: KaldiFile,
    affines: Sequence[tuple[NDArray[np.floating], NDArray[np.floating]]],
    splices: Sequence[Sequence[int]],
    priors: NDArray[np.floating],
) -> None:
    """Write layers of splice, affine and ReLU, the last of *affines* with log-softmax instead."""
    file.token("<Nnet3>")
    file.text("\n" + _config(affines, splices) + "\n")
    context = sum(max(splice) for splice in splices)
    layers = len(affines) - 1
    file.token("<NumComponents>")
    file.int32(2 * layers + 2)
    for index, (matrix, bias) in enumerate(affines):
        name = f"affine{index}" if index < layers else "output-affine"
        file.token("<ComponentName>", name, "<FixedAffineComponent>", "<LinearParams>")
        # The first layer has the inverse of the cepstra in it and spans too much for 16 bits.
        (file.matrix if index == 0 else file.compressed_matrix)(matrix)
        file.token("<BiasParams>")
        file.vector(bias)
        file.token("</FixedAffineComponent>")
        if index < layers:
            _plain(file, f"relu{index}", "RectifiedLinearComponent", len(bias))
    _plain(file, "log-softmax", "LogSoftmaxComponent", len(affines[-1][1]))
    file.token("</Nnet3>", "<LeftContext>")
    file.int32(context)
    file.token("<RightContext>")
    file.int32(context)
    file.token("<Priors>")
    file.vector(priors)


def _plain(file: KaldiFile, name: str, kind: str, size: int) -> None:
    """Write a component without parameters."""
    empty = np.zeros(0)
    file.token("<ComponentName>", name, f"<{kind}>", "<Dim>")
    file.int32(size)
    for statistic in ("<ValueAvg>", "<DerivAvg>"):
        file.token(statistic)
        file.vector(empty)
    file.token("<Count>")
    file.float64(0.0)
    file.token("<OderivRms>")
    file.vector(empty)
    file.token("<OderivCount>")
    file.float64(0.0)
    file.token("<NumDimsSelfRepaired>")
    file.float64(0.0)
    file.token("<NumDimsProcessed>")
    file.float64(0.0)
    file.token(f"</{kind}>")


def _config(
    affines: Iterable[tuple[NDArray[np.floating], NDArray[np.floating]]],
    splices: Sequence[Sequence[int]],
) -> str:
    sizes = [matrix.shape for matrix, _ in affines]
    lines = [f"input-node name=input dim={sizes[0][1] // len(splices[0])}"]
    source = "input"
    for index, splice in enumerate(splices):
        parts = ", ".join(f"Offset({source}, {o})" if o else source for o in splice)
        lines.append(
            f"component-node name=affine{index} component=affine{index} input=Append({parts})"
        )
        lines.append(f"component-node name=relu{index} component=relu{index} input=affine{index}")
        source = f"relu{index}"
    lines.append(f"component-node name=output-affine component=output-affine input={source}")
    lines.append("component-node name=log-softmax component=log-softmax input=output-affine")
    lines.append("output-node name=output input=log-softmax objective=linear")
    return "\n".join(lines) + "\n"
