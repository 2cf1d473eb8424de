"""Articles that someone hands in as files: JSON Lines, or a folder laid out as `seeds/` is."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from feed.model.article import Article, Precision, Published, PublishedBasis
from feed.model.errors import ArticleRefused

TEXT = 500_000
LONGEST = {"id": 200, "url": 2048, "publisher": 200, "title": 500, "published_basis": 1000, "language": 35}
UNKNOWN = "unknown"  # how the files spell a publisher that nobody knows
KEYS = 'Its keys are id, url, publisher, title, published, published_basis and text: {"id": "a", "text": "..."}'


def articles(path: Path) -> tuple[Article, ...]:
    """The articles of a JSON Lines file, in its order; or of a folder, in order of publication, then of id.

    A line is an object with `id`, `text` and `published` (a date, an instant with offset, or null), and perhaps
    `url`, `publisher`, `title`, `published_basis`, `language`; other keys are not looked at. All or nothing: raises
    ArticleRefused at the first fault, naming file and line, what is wrong and how to mend it.
    """
    try:
        return _folder(path) if path.is_dir() else _lines(path)
    except OSError as closed:
        raise ArticleRefused(
            f"it cannot be read ({closed.strerror})",
            where=str(closed.filename or path),
            mend="Give a file of JSON Lines or a folder with an articles.toml.",
        ) from closed


def article(line: bytes, where: str) -> Article:
    """The article of one line of JSON Lines, as `articles` takes it. `where` names the line in an ArticleRefused."""
    return _article(_object(line, where), where)


def _lines(path: Path) -> tuple[Article, ...]:
    found = []
    for at, line in enumerate(path.read_bytes().removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if line.strip():
            where = f"{path}, line {at}"
            found.append(article(line, where))
    return tuple(found)


def _folder(path: Path) -> tuple[Article, ...]:
    listed = path / "articles.toml"
    try:
        rows = tomllib.loads(listed.read_text(encoding="utf-8")).get("article", [])
    except ValueError as broken:
        raise ArticleRefused(f"it is no TOML ({broken})", where=str(listed), mend="Mend the file.") from broken
    found = []
    for at, row in enumerate(rows, start=1):
        where = f"{listed}, [[article]] {at}"
        name = row.get("id")
        if not isinstance(name, str) or not name or Path(name).name != name:
            raise ArticleRefused("`id` is no plain file name", where=where, mend="Name the file in articles/ by it.")
        found.append(_article({**_dates(row), "text": _text_of(path / "articles" / f"{name}.txt")}, where))
    return tuple(sorted(found, key=lambda article: (_published_at(article), article.name)))


def _published_at(article: Article) -> datetime:
    """Undated ones come last."""
    return article.published.time if article.published else datetime.max.replace(tzinfo=UTC)


def _dates(row: Mapping[str, Any]) -> dict[str, Any]:
    published = row.get("published")
    return {**row, "published": published.isoformat() if isinstance(published, date) else published}


def _text_of(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as other:
        raise ArticleRefused(f"it is not UTF-8 ({other.reason})", where=str(path), mend="Save it as UTF-8.") from other


def _object(line: bytes, where: str) -> Mapping[str, Any]:
    try:
        row = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as other:
        raise ArticleRefused(f"it is not UTF-8 ({other.reason})", where=where, mend="Save it as UTF-8.") from other
    except (ValueError, RecursionError) as broken:
        raise ArticleRefused(f"it is no JSON ({broken})", where=where, mend="Write one object a line.") from broken
    if not isinstance(row, dict):
        raise ArticleRefused("it is no JSON object", where=where, mend=KEYS)
    return row


def _article(row: Mapping[str, Any], where: str) -> Article:
    words = {key: _word(row, key, where) for key in LONGEST}
    name, text = words["id"], row.get("text")
    if not name:
        raise ArticleRefused("`id` is missing or empty", where=where, mend=KEYS)
    if not isinstance(text, str) or not text.strip():
        raise ArticleRefused("`text` is missing or empty", where=where, mend=KEYS)
    if len(text) > TEXT:
        raise ArticleRefused(
            f"`text` is longer than {TEXT} characters", where=where, mend="Hand in one article a line."
        )
    if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
        raise ArticleRefused("`text` holds half a character (a lone surrogate)", where=where, mend="Mend its escapes.")
    if "published" not in row:
        raise ArticleRefused("`published` is missing", where=where, mend="Write null if the date is not known.")
    publisher = words["publisher"]
    return Article(
        name=name,
        text=text,
        publisher=None if publisher.lower() == UNKNOWN else publisher or None,
        title=words["title"],
        url=words["url"] or None,
        published=_published(row["published"], words["published_basis"], where),
        language=words["language"] or None,
    )


def _word(row: Mapping[str, Any], key: str, where: str) -> str:
    value = row.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ArticleRefused(f"`{key}` is no text", where=where, mend=f"Write it in quotes, or null: {KEYS}")
    if len(value) > LONGEST[key]:
        raise ArticleRefused(f"`{key}` is longer than {LONGEST[key]} characters", where=where, mend="Shorten it.")
    return value


def _published(value: object, basis: str, where: str) -> Published | None:
    if value is None:
        return None
    known, _, note = basis.partition(":")
    said = known.strip().lower()
    how = PublishedBasis(said) if said in set(PublishedBasis) else PublishedBasis.GIVEN
    note = note.strip() if said == how.value else basis
    time = _time(value)
    if time is None:
        raise ArticleRefused(
            f"`published` is {str(value)[:40]!r}",
            where=where,
            mend='Write "2025-03-31", "2025-03-31T09:00:00Z", or null if it is not known.',
        )
    return Published(time.astimezone(UTC), how, Precision.DAY if _is_day(value) else Precision.INSTANT, note)


def _is_day(value: object) -> bool:
    return isinstance(value, str) and len(value) == len("2025-03-31")


def _time(value: object) -> datetime | None:
    """The instant of a full time with offset, or midnight UTC of a day; None for all else."""
    try:
        time = datetime.fromisoformat(value if isinstance(value, str) else "")
        time = time.replace(tzinfo=UTC) if _is_day(value) else time
        return time.astimezone(UTC) if time.tzinfo else None
    except (ValueError, OverflowError):
        return None
