"""Builds the demonstration model from nothing: ``python -m tools.demo_model.build --work DIR``.

Every stage keeps what it made in DIR and is skipped when that is there. The build stops when a
sentence of the held-out set or of the sample calls is in the text that the model learns from.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
from pathlib import Path

import torch

from tools.demo_model import shipped
from tools.demo_model.corpus import Recipe, make_corpus, texts_of
from tools.demo_model.graph import make_graph
from tools.demo_model.held_out import full_sentences, key, overlapping
from tools.demo_model.language import LanguageSettings, make_bigram, programme_sentences
from tools.demo_model.network import Corpus, Network, Training, train
from tools.demo_model.package import sound_statistics, write_model
from tools.demo_model.templates import TEXTS, load_templates, sentences_of, telephone_numbers
from tools.demo_model.vocabulary import build_vocabulary, pronunciations
from tools.samples.script import every_sentence

SEED = 190
SPOKEN_COMMON_WORDS = 30_000
"""Common words of the language that the network hears, beside our own."""
COMMON_WORDS = 40_000
"""Common words in the shipped vocabulary."""
UTTERANCES = 12_800
_READ_SENTENCES = 20_000


class SentenceLearnt(RuntimeError):
    """A sentence that is to measure the model is in what it learns from."""


def build(work: Path, target: Path, *, jobs: int) -> None:
    """Build the model into *target*, with everything in between in *work*.

    Raises:
        SentenceLearnt: a held-out sentence would have been learnt.
    """
    work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(jobs)
    held_out = _held_out()
    print("1 speech")
    recipe = Recipe(
        seed=SEED,
        utterances=UTTERANCES,
        common_words=SPOKEN_COMMON_WORDS,
        voices=work / "voices",
        held_out=held_out,
    )
    shards = make_corpus(recipe, work / "corpus", jobs=jobs)
    _check(texts_of(shards), held_out, "spoken sentences")
    print("2 network")
    corpus = Corpus.load(shards)
    network = _trained(corpus, work / "network.pt")
    print("3 words and their order")
    templates = load_templates()
    vocabulary = build_vocabulary(templates, common=COMMON_WORDS)
    settings = LanguageSettings(seed=SEED)
    sentences = programme_sentences(templates, settings, held_out)
    _check(sentences, held_out, "sentences of the bigram")
    spoken = pronunciations(vocabulary, sentences[:_READ_SENTENCES])
    print("4 model")
    shutil.rmtree(target, ignore_errors=True)
    priors, mean_frames = sound_statistics(corpus)
    write_model(network, priors, list(spoken), target)
    bigram = make_bigram(sentences, vocabulary, settings)
    make_graph(spoken, bigram, mean_frames, target / "graph" / "HCLG.fst")
    facts = {
        "name": shipped.NAME,
        "what": "demonstration model: understands synthetic speech only, never people",
        "notice": "演示模型，只能识别合成语音，不能识别真人说话",
        "sha256": shipped.digest(target),
        "size_bytes": shipped.size_bytes(target),
        "words": len(spoken),
        "own_words": len(vocabulary.ours),
        "seed": SEED,
        "commit": _commit(),
    }
    shipped.write_sheet(facts, target.parent / f"{target.name}.json")
    print(f"{facts['size_bytes']:,} bytes, {len(spoken):,} words, {facts['sha256']}")


def _held_out() -> frozenset[str]:
    """Return every sentence, and every part between full stops, that may not be learnt."""
    texts = [
        *sentences_of(TEXTS / "heldout.txt"),
        *sentences_of(TEXTS / "development.txt"),
        *telephone_numbers(),
        *every_sentence(),
    ]
    return frozenset(key(part) for text in texts for part in full_sentences(text))


def _check(texts: list[str], held_out: frozenset[str], what: str) -> None:
    found = [text for text in texts if overlapping(text, held_out)]
    print(f"  {len(texts):,} {what}; {len(found)} of them held out or in a sample call")
    if found:
        raise SentenceLearnt("; ".join(found[:5]))


def _trained(corpus: Corpus, kept: Path) -> Network:
    settings = Training(seed=SEED)
    if kept.exists():
        network = Network(width=settings.width, dropout=settings.dropout)
        network.load_state_dict(torch.load(kept, weights_only=True))
        network.eval()
        return network
    network = train(corpus, settings)
    torch.save(network.state_dict(), kept)
    return network


def _commit() -> str:
    """Return the last commit of the tools, marked when they have changed since."""
    tools = Path(__file__).resolve().parents[1]
    parts = [str(tools / name) for name in ("demo_model", "samples", "synthesis")]
    last = _git("log", "-1", "--format=%h", "--", *parts)
    return last + ("+changes" if _git("status", "--porcelain", "--", *parts) else "")


def _git(*arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=Path(__file__).parent, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m tools.demo_model.build", description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="where stages are kept")
    parser.add_argument("--target", type=Path, default=shipped.MODEL)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    chosen = parser.parse_args()
    build(chosen.work, chosen.target, jobs=chosen.jobs)


if __name__ == "__main__":
    main()
