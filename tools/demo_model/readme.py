"""Writes resources/models/README.md from the facts that were measured."""

from __future__ import annotations

from typing import Any

from tools.demo_model import shipped

_TEXT = """\
# The demonstration speech model

`{name}` is a **demonstration model: it understands synthetic speech only, and never people**. It
is here so that the program shows and tests its main job on a machine with nothing but itself. For
real calls install a real model with `hotline-desk model install`.

演示模型只能识别合成语音，不能识别真人说话；正式使用请先安装正式的语音模型。

It was built from nothing but espeak-ng's speech and sentences of our own writing by
`python -m tools.demo_model.build`, and is loaded by the unmodified `vosk` package. The common
words beside our own are the most frequent of jieba's word list (MIT), read as pypinyin (MIT) does.

| | |
|---|---|
| files | {size_bytes:,} bytes in `{name}/` |
| SHA-256 over the files | `{sha256}` |
| vocabulary | {words:,} words, of which {own_words:,} are the programme's own |
| built from | commit `{commit}`, seed {seed} |
| licence | MIT, as the program |

## What it gets wrong

Measured by `python -m tools.demo_model.measure --write`, which wrote this file and
`{name}.json`. {sentences} sentences written for measuring, none of them in the text that the model
learnt from, and {numbers} made-up telephone numbers read digit by digit, each spoken by {voices}
synthetic voices that it did not learn from either, at 140–210 words a minute.

| text | line | utterances | character errors | all right | word starts off by | time to decode |
|---|---|---|---|---|---|---|
{rows}

*clean*: 16 kHz, a little noise. *telephone*: 300–3,400 Hz with µ-law coding. *noisy*: white noise
{noisy_db:.0f} dB below the speech. Character errors are characters to change, add or leave out,
over the characters said; *all right* are the utterances without any. Word starts are compared with
the times that espeak-ng reports, in utterances without error. Time to decode is a share of the
sound's length on one thread of the machine that measured ({measured_with}).

The figures say nothing about human speech.
"""


def write_readme(facts: dict[str, Any]) -> None:
    """Write the README from the *facts* of the model's sheet."""
    figures = facts["figures"]
    by_text = {figure["text"]: figure for figure in figures}
    text = _TEXT.format(
        **{name: facts[name] for name in ("name", "sha256", "size_bytes", "words", "own_words")},
        commit=facts["commit"],
        seed=facts["seed"],
        measured_with=facts["measured_with"],
        sentences=by_text["sentences"]["sentences"],
        numbers=by_text["telephone numbers"]["sentences"],
        voices=by_text["sentences"]["voices"],
        noisy_db=facts["noisy_db"],
        rows="\n".join(_row(figure) for figure in figures),
    )
    shipped.README.write_text(text, encoding="utf-8", newline="\n")


def _row(figure: dict[str, Any]) -> str:
    starts = figure["word_start_error_s"]
    return (
        f"| {figure['text']} | {figure['condition']} | {figure['utterances']:,} "
        f"| {100 * figure['character_error_rate']:.2f} % "
        f"| {100 * figure['utterances_right']:.1f} % "
        f"| {'–' if starts is None else f'{1000 * starts:.0f} ms'} "
        f"| 1/{1 / figure['real_time_factor']:.0f} |"
    )
