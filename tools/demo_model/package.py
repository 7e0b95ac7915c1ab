"""Puts the network and the graph into the folder that Vosk loads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tools.demo_model import features
from tools.demo_model.graph import word_table
from tools.demo_model.kaldi import KaldiFile, write_network, write_transitions
from tools.demo_model.network import SPLICES, Corpus, Network
from tools.demo_model.phones import PDF, SOUNDS, phone_table, sound_of, tones_of_each_final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

_LEAST_PRIOR = 2e-3
"""Rare sounds would win everywhere with their true prior: label smoothing never lets the network
rule them out."""
_TONE_SHARE = 0.3
"""How much of what the network says of tones is kept: it is surer of them than it is right."""
_MODEL_CONF = """\
--min-active=200
--max-active=7000
--beam=16.0
--lattice-beam=6.0
--acoustic-scale=0.5
--frame-subsampling-factor=3
--endpoint.silence-phones=1
--endpoint.rule2.min-trailing-silence=0.5
--endpoint.rule3.min-trailing-silence=1.0
--endpoint.rule4.min-trailing-silence=2.0
"""
_PLACES = {"B": "begin", "I": "internal", "E": "end"}


def write_model(
    network: Network, priors: NDArray[np.floating], words: Sequence[str], target: Path
) -> None:
    """Write everything of the model but its graph into *target*."""
    for folder in ("am", "conf", "graph/phones"):
        (target / folder).mkdir(parents=True, exist_ok=True)
    with (target / "am" / "final.mdl").open("wb") as stream:
        file = KaldiFile(stream)
        write_transitions(file, [PDF[sound_of(phone)] for phone in phone_table()])
        affines, floored = _folded(network), np.maximum(priors, _LEAST_PRIOR)
        matrix, bias = affines.pop()
        affines.append((_less_tone(matrix, priors), _less_tone(bias, priors)))
        priors = np.exp(_less_tone(np.log(floored), priors))
        write_network(file, affines, SPLICES, priors)
    _write(target / "conf" / "mfcc.conf", features.CONF)
    _write(target / "conf" / "model.conf", _MODEL_CONF)
    symbols = "".join(f"{word} {index}\n" for index, word in enumerate(word_table(words)))
    _write(target / "graph" / "words.txt", symbols)
    boundaries = "".join(
        f"{index} {_PLACES[phone[-1]] if '_' in phone else 'nonword'}\n"
        for index, phone in enumerate(phone_table(), 1)
    )
    _write(target / "graph" / "phones" / "word_boundary.int", boundaries)


def sound_statistics(corpus: Corpus) -> tuple[NDArray[np.float64], dict[str, float]]:
    """Return the share of each sound in *corpus*, and how many output frames each lasts."""
    labels = corpus.labels.numpy()
    counts = np.bincount(labels, minlength=len(SOUNDS)).astype(float)
    starts = np.flatnonzero(np.diff(labels, prepend=-1))
    runs = np.bincount(labels[starts], minlength=len(SOUNDS))
    lengths = counts / np.maximum(runs, 1)
    mean_frames = {sound: max(1.2, float(n)) for sound, n in zip(SOUNDS, lengths, strict=True)}
    return counts / counts.sum(), mean_frames


def _folded(network: Network) -> list[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """Return the affines with the features' matrix, normalisation and batch norms worked in."""
    scale = network.scale.double().numpy()
    before = scale[:, None] * features.mfcc_to_log_mel()
    offset = -network.mean.double().numpy() * scale
    folded = []
    layers = [*network.affines, network.output]
    splices = [*SPLICES, (0,)]
    for index, (affine, splice) in enumerate(zip(layers, splices, strict=True)):
        weight = affine.weight.detach().double().numpy()
        bias = affine.bias.detach().double().numpy()
        pieces = np.split(weight, len(splice), axis=1)
        folded.append(
            (
                np.concatenate([piece @ before for piece in pieces], axis=1),
                bias + sum(piece @ offset for piece in pieces),
            )
        )
        if index < len(network.norms):
            norm = network.norms[index]
            deviation = np.sqrt(norm.running_var.double().numpy() + norm.eps)
            before = np.diag(1 / deviation)
            offset = -norm.running_mean.double().numpy() / deviation
    return folded


def _less_tone(rows: NDArray[np.float64], priors: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return *rows*, one for each sound, nearer to the mean of the tones of the same final."""
    result = rows.copy()
    for sounds in tones_of_each_final():
        share = np.maximum(priors[sounds], 1e-6)
        mean = np.average(rows[sounds], axis=0, weights=share)
        result[sounds] = mean + _TONE_SHARE * (rows[sounds] - mean)
    return result


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
