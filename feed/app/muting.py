"""Mutings on their way into the log: by the process that writes it, or left for the one that does."""

from __future__ import annotations

from datetime import datetime

from feed.app.drafts import mute_draft
from feed.app.fold import one_step
from feed.app.settings import Settings
from feed.app.wiring import Desk, open_desk
from feed.deliver.orders import Orders
from feed.model.errors import LogBusy
from feed.model.report import MuteSet


def mute(settings: Settings, asked: MuteSet, now: datetime) -> bool:
    """Put a muting on record; False when another process has the log, which then does so within seconds."""
    settings.hidden.mkdir(parents=True, exist_ok=True)
    orders = Orders.at(settings.ops)
    orders.leave(asked.model_dump_json())
    try:
        with open_desk(settings) as desk:
            take_up(desk, orders, now)
    except LogBusy:
        return False
    finally:
        orders.close()
    return True


def take_up(desk: Desk, orders: Orders, now: datetime) -> None:
    """Put on record whatever was left. An order is struck out after it is durable; doing it twice is doing it once."""
    for number, order in orders.left():
        new = desk.log.append((mute_draft(MuteSet.model_validate_json(order)),), now).events
        if new:
            desk.bring_in(one_step(desk.standings, new, desk.topic))
        orders.done(number)
