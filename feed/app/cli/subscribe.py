"""`feed subscribe` and `feed unsubscribe`: who is told, beside those that feed.toml names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from feed.app.cli.options import Dir, now, settings_of

if TYPE_CHECKING:
    from feed.app.settings import Settings
    from feed.deliver.subscribers import Subscribers
    from feed.model.subscription import Subscription

Several = list[str] | None


def subscribe(
    name: Annotated[str, typer.Argument(help="What the subscription is called; letters name it.")],
    mail: Annotated[str, typer.Option(metavar="ADDRESS", help="Tell this mail address.")] = "",
    webhook: Annotated[str, typer.Option(metavar="URL", help="Tell this webhook; its secret is printed.")] = "",
    service: Annotated[str, typer.Option(metavar="URL", help="Tell a service that apprise knows: ntfy://topic.")] = "",
    metric: Annotated[
        Several, typer.Option(metavar="ID", help="Only this metric, office or scheme; repeatable.")
    ] = None,
    dim: Annotated[Several, typer.Option(metavar="KEY=VALUE", help="Only what is narrowed so; repeatable.")] = None,
    source: Annotated[Several, typer.Option(metavar="NAME", help="Only with this publisher; repeatable.")] = None,
    series: Annotated[Several, typer.Option(metavar="NAME", help="Only this series; repeatable.")] = None,
    kind: Annotated[Several, typer.Option("--class", metavar="CLASS", help="Only this class; repeatable.")] = None,
    severity: Annotated[str, typer.Option(metavar="LEAST", help="low, medium or high: that, and louder.")] = "",
    when: Annotated[Several, typer.Option(metavar="KEY=VALUE", help="A condition: at_least=20000; repeatable.")] = None,
    cadence: Annotated[str, typer.Option(metavar="TEXT", help="immediate, batch 15m, hourly, daily 07:30 ...")] = "",
    quiet: Annotated[str, typer.Option(metavar="HOURS", help="Nothing then: 22:00-07:00.")] = "",
    at_most: Annotated[int, typer.Option(metavar="N", help="Letters an hour; more comes gathered.")] = 0,
    nothing: Annotated[bool, typer.Option("--nothing", help="Say so when a day or week brought nothing.")] = False,
    ask: Annotated[
        bool, typer.Option("--ask", help="Ask the receiver first, by mail: it counts once confirmed.")
    ] = False,
    dir: Dir = None,
) -> None:
    """Tell somebody from now on.

    With a name alone, one that was stopped is told again. Use --ask for an address that did not come from its owner.
    A `serve` that is running takes it up by itself.
    """
    settings = settings_of(dir)
    given: dict[str, Any] = {
        **_one(("mail", mail), ("webhook", webhook), ("apprise", service)),
        "metrics": metric, "sources": source, "series": series, "classes": kind, "severity": severity,
        "dims": _pairs(dim, "--dim"), "when": _pairs(when, "--when"), "cadence": cadence, "quiet": quiet,
        "at_most": at_most, "nothing": nothing,
    }  # fmt: skip
    if "channel" not in given:
        _resume(settings, name)
        return
    _add(settings, {key: value for key, value in (given | {"name": name}).items() if value}, ask=ask)


def _one(*ways: tuple[str, str]) -> dict[str, str]:
    from feed.model.errors import UsageRefused

    named = [(channel, to) for channel, to in ways if to]
    if len(named) > 1:
        raise UsageRefused("a subscription has one receiver", where="NAME", mend="Give one address.")
    return {"channel": named[0][0], "to": named[0][1]} if named else {}


def _pairs(words: Iterable[str] | None, option: str) -> dict[str, str]:
    from feed.model.errors import UsageRefused

    split = [word.partition("=") for word in words or ()]
    if any(not key or not equals for key, equals, _ in split):
        raise UsageRefused("this is no KEY=VALUE", where=option, mend="Write it as key=value.")
    return {key: value for key, _, value in split}


def _add(settings: Settings, given: dict[str, Any], *, ask: bool) -> None:
    import base64
    from secrets import token_bytes

    from feed.app.cli.printing import say
    from feed.deliver.subscribers import free

    secret = ""
    if given["channel"] == "webhook":
        secret = f"whsec_{base64.b64encode(token_bytes(32)).decode()}"
        given = given | {"secret": secret}
    subscription = _checked(given)
    free(subscription.name, settings.subscriptions)
    with _opened(settings) as subscribers:
        if ask:
            _ask(settings, subscribers, subscription)
        else:
            subscribers.add(subscription, now(), confirmed=True)
    if secret:
        say(f"secret: {secret}")
    says = "is asked by mail first" if ask else f"is told: {subscription.cadence}"
    say(f"{subscription.name} {says}. Try it: feed notify test {subscription.name}")


def _checked(given: dict[str, Any]) -> Subscription:
    from pydantic import ValidationError

    from feed.model.errors import UsageRefused
    from feed.model.subscription import Subscription

    try:
        return Subscription.model_validate(given)
    except ValidationError as refused:
        first = refused.errors()[0]
        row = ".".join(str(part) for part in first["loc"])
        raise UsageRefused(
            f"{row}: {first['msg']}" if row else first["msg"], mend="See: feed subscribe --help"
        ) from refused


def _ask(settings: Settings, subscribers: Subscribers, subscription: Subscription) -> None:
    """Add it unconfirmed, and owe its receiver the question."""
    from feed.deliver.outbox import Outbox
    from feed.model.errors import SettingsRefused, UsageRefused
    from feed.model.instant import instant
    from feed.model.subscription import Kind, Letter, Medium

    if subscription.channel is not Medium.MAIL:
        raise UsageRefused("only a mail address can be asked", where="--ask", mend="Give --mail, or leave out --ask.")
    if settings.mail is None or settings.web.base is None:
        raise SettingsRefused(
            "nobody could answer",
            where="feed.toml",
            mend="Set up [mail], and under [web] the `base` that others reach.",
        )
    began = now()
    subscribers.add(subscription, began, confirmed=False)
    outbox = Outbox.at(settings.ops)
    try:
        note = f"{subscription.name} {instant(began)}"
        outbox.write([Letter(Medium.MAIL, subscription.to, Kind.CONFIRM, (subscription.name,), (), note)], began)
    finally:
        outbox.close()


def _resume(settings: Settings, name: str) -> None:
    from feed.app.cli.printing import say
    from feed.model.errors import UsageRefused

    with _opened(settings) as subscribers:
        if not subscribers.resume(name):
            raise UsageRefused(
                "no receiver is named", where=name, mend="Give --mail ADDRESS, --webhook URL or --service URL."
            )
    say(f"{name} is told again.")


def unsubscribe(
    name: Annotated[str, typer.Argument(help="The subscription.")],
    dir: Dir = None,
) -> None:
    """Tell somebody nothing more.

    One that feed.toml names is stopped until `subscribe NAME`; one that was added by command is forgotten.
    """
    from feed.app.cli.printing import say
    from feed.model.errors import UsageRefused

    settings = settings_of(dir)
    with _opened(settings) as subscribers:
        if any(each.name == name for each in settings.subscriptions):
            subscribers.stop([name], now())
        elif not subscribers.remove(name):
            raise UsageRefused(f"nobody is subscribed as {name!r}", where="NAME", mend="See: feed subscriptions")
    say(f"{name} is told nothing more.")


def _opened(settings: Settings) -> Any:
    from contextlib import closing

    from feed.deliver.subscribers import Subscribers

    settings.hidden.mkdir(parents=True, exist_ok=True)
    return closing(Subscribers.at(settings.ops))
