"""Keeps what measures the model out of what it learns from."""

from __future__ import annotations


def key(sentence: str) -> str:
    """Return the characters of *sentence* alone, for comparison."""
    return "".join(c for c in sentence if "\u4e00" <= c <= "\u9fff")


def overlapping(sentence: str, held_out: frozenset[str]) -> bool:
    """Tell whether *sentence*, or a part of it between full stops, is one of *held_out*."""
    return any(key(part) in held_out for part in full_sentences(sentence))


def full_sentences(text: str) -> list[str]:
    """Return *text* and each of its parts that ends with 。？ or ！."""
    parts = text.replace("？", "。").replace("！", "。").split("。")
    return [text, *(part for part in parts if part)]
