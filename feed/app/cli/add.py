"""`feed add` and `feed opml`: sources in and out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from feed.app.cli.options import Dir, settings_of

if TYPE_CHECKING:
    from feed.app.settings import Settings
    from feed.model.source import Source


def add(
    what: Annotated[
        list[str],
        typer.Argument(metavar="URL|NAME|FILE...", help="A feed's address, a source that the pack knows, or OPML."),
    ],
    name: Annotated[str, typer.Option(help="What to call it [default: made of its address].")] = "",
    publisher: Annotated[str, typer.Option(help="Who publishes all that it lists [default: each page says].")] = "",
    links: Annotated[str, typer.Option(help="For a page without a feed: the selector of its links.")] = "",
    dir: Dir = None,
) -> None:
    """Add sources: write their rows into feed.toml.

    An address (one page or feed), a name of the topic pack's own list, or an OPML file of another reader. What is there
    already is left alone.
    """
    from feed.app import sources
    from feed.app.cli.printing import say
    from feed.model.errors import UsageRefused

    settings = settings_of(dir)
    if name and len(what) > 1:
        raise UsageRefused("one name for several sources", where="--name", mend="Add them one by one.")
    found = [source for each in what for source in _found(settings, each, name, publisher, links)]
    added = sources.add(settings, found)
    for source in added:
        say(f"{source.name}: {source.url}")
    say(f"{len(added)} of {len(found)} added. Try one first: feed try URL")


def opml(dir: Dir = None) -> None:
    """Print the sources as OPML.

    For another feed reader; `feed add FILE` takes one in.
    """
    import sys

    from feed.poll import opml as lists

    settings = settings_of(dir)
    sys.stdout.write(lists.opml(settings.sources, settings.title).decode())


def _found(settings: Settings, what: str, name: str, publisher: str, links: str) -> list[Source]:
    from feed.app import sources

    if what.startswith(("http://", "https://")):
        taken = {source.name for source in settings.sources if source.url != what}
        return [_source(name or sources.named(what, "", taken), what, publisher, links)]
    if Path(what).is_file():
        return _listed(settings, Path(what))
    return [_known(settings, what)]


def _source(name: str, url: str, publisher: str, links: str) -> Source:
    from pydantic import ValidationError

    from feed.model.errors import UsageRefused
    from feed.model.source import Source

    page = {"kind": "page", "links": links} if links else {}
    try:
        return Source.model_validate({"name": name, "url": url, "publisher": publisher or None, **page})
    except ValidationError as wrong:
        raise UsageRefused(wrong.errors()[0]["msg"], where=name, mend="See: feed add --help") from wrong


def _listed(settings: Settings, path: Path) -> list[Source]:
    from feed.app import sources
    from feed.poll import opml as lists

    taken = {source.name for source in settings.sources}
    found = []
    for outline in lists.outlines(path.read_bytes(), str(path)):
        name = sources.named(outline.url, outline.title, taken)
        taken.add(name)
        found.append(_source(name, outline.url, "", ""))
    return found


def _known(settings: Settings, name: str) -> Source:
    from feed.app import sources
    from feed.model.errors import UsageRefused

    known = {source.name: source for source in sources.of_pack(settings)}
    if name not in known:
        names = ", ".join(known) or "none"
        raise UsageRefused(f"neither an address, a file nor a source of the pack: {name!r}", mend=f"It knows: {names}.")
    return known[name].model_copy(update={"enabled": True})
