"""Selectors as they stand in style sheets, a small part of them, as XPath. Pure."""

from __future__ import annotations

NAME = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")
WHAT = "a selector is made of tags, .classes and #ids, as in `main .list > h3 a`; several are parted by commas"


def xpath(selector: str) -> str:
    """The XPath that finds what a selector does. Raises ValueError for one that is more than tags, classes and ids."""
    return " | ".join(_path(each) for each in selector.split(","))


def _path(selector: str) -> str:
    words = selector.replace(">", " > ").split()
    if not words or words[0] == ">" or words[-1] == ">":
        raise ValueError(WHAT)
    path, axis = "", "//"
    for word in words:
        if word == ">":
            axis = "/"
            continue
        path += axis + _step(word)
        axis = "//"
    return path


def _step(word: str) -> str:
    tag, conditions, at = "", "", 0
    while at < len(word):
        kind = word[at] if word[at] in ".#" else ""
        end = at + len(kind)
        while end < len(word) and word[end] in NAME:
            end += 1
        name = word[at + len(kind) : end]
        if not name and word[at : at + 1] == "*":
            name, end = "*", at + 1
        if not name or (not kind and at):
            raise ValueError(WHAT)
        if kind == ".":
            conditions += f"[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"
        elif kind == "#":
            conditions += f"[@id='{name}']"
        else:
            tag = name.lower()
        at = end
    return (tag or "*") + conditions
