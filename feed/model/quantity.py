"""A printed number and the interval of values that it admits.

The one place where "nearly 19,000" becomes [18,050, 19,000): `interval()`, over the table `SPANS`.
Numbers are Decimals, never floats; in events they are plain decimal strings.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, WithJsonSchema, model_validator

STRICT = ConfigDict(strict=True, frozen=True, extra="forbid", defer_build=True)


def plain(number: Decimal) -> str:
    """One spelling for each number: no exponent, no needless zero, no plus. `plain(Decimal("1.50"))` is "1.5"."""
    text = str(number)
    if text.isdigit():  # nearly all are counts, and every line of the log has some of them
        return text
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _parse(value: object) -> object:
    if isinstance(value, str):
        if value.isdigit() and value.isascii() and not value.startswith("0"):
            return Decimal(value)
        digits = value.removeprefix("-").replace(".", "", 1)
        number = Decimal(value) if digits.isdigit() and value.isascii() else None
        if number is None or plain(number) != value:
            message = f"{value!r} is not a plain decimal number"
            raise ValueError(message)
        return number
    return value


Number = Annotated[
    Decimal,
    BeforeValidator(_parse),
    PlainSerializer(plain, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?$"}),
]


class Qualifier(StrEnum):
    """How the text hedges a number. Values are the words of the reading guide."""

    EXACT = "exact"
    ABOUT = "about"
    NEARLY = "nearly"
    OVER = "over"
    AT_LEAST = "at_least"
    UNDER = "under"
    AT_MOST = "at_most"
    BETWEEN = "between"


WORDS = {
    Qualifier.EXACT: "",
    Qualifier.ABOUT: "about",
    Qualifier.NEARLY: "nearly",
    Qualifier.OVER: "more than",
    Qualifier.AT_LEAST: "at least",
    Qualifier.UNDER: "fewer than",
    Qualifier.AT_MOST: "up to",
    Qualifier.BETWEEN: "",
}


class Interval(BaseModel):
    """The values that a statement admits. An end of None is infinite; `*_open` says that the end itself is excluded.

    `soft_low` and `soft_high` close an infinite end one printed step away: for charts, checks of arithmetic and
    "is this the same number again", never to decide a contradiction.
    """

    model_config = STRICT

    low: Number | None
    high: Number | None
    low_open: bool = False
    high_open: bool = False
    soft_low: Number | None = None
    soft_high: Number | None = None

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.low is not None and self.high is not None and self.low > self.high:
            message = f"the interval runs backwards: {self.low} to {self.high}"
            raise ValueError(message)
        return self

    def below(self, other: Interval) -> bool:
        """Whether every value here is less than every value of `other`: beyond doubt lower."""
        if self.high is None or other.low is None:
            return False
        return self.high < other.low or (self.high == other.low and (self.high_open or other.low_open))

    def meets(self, other: Interval) -> bool:
        """Whether some value lies in both."""
        return not self.below(other) and not other.below(self)

    def within(self, other: Interval) -> bool:
        """Whether every value here also lies in `other`."""
        return _from_low(other, self) and _to_high(other, self)

    @property
    def soft_ends(self) -> tuple[Decimal | None, Decimal | None]:
        """Both ends, infinite ones drawn in to their soft ends where they have one."""
        low = self.low if self.low is not None else self.soft_low
        return low, self.high if self.high is not None else self.soft_high

    def softened(self) -> Interval:
        """The same with infinite ends drawn in to their soft ends, both ends then included."""
        low, high = self.soft_ends
        return Interval(
            low=low,
            high=high,
            low_open=self.low_open and self.low is not None,
            high_open=self.high_open and self.high is not None,
        )


def _from_low(outer: Interval, inner: Interval) -> bool:
    if outer.low is None:
        return True
    if inner.low is None or inner.low < outer.low:
        return False
    return inner.low > outer.low or inner.low_open or not outer.low_open


def _to_high(outer: Interval, inner: Interval) -> bool:
    if outer.high is None:
        return True
    if inner.high is None or inner.high > outer.high:
        return False
    return inner.high < outer.high or inner.high_open or not outer.high_open


def _margin(n: Decimal, step: Decimal) -> Decimal:
    return min(step, abs(n) / 20)


def _exact(n: Decimal, step: Decimal, rounded: bool) -> Interval:
    half = step / 2
    return Interval(low=n - half, high=n + half, high_open=True) if rounded else Interval(low=n, high=n)


def _about(n: Decimal, step: Decimal, _: bool) -> Interval:
    return Interval(low=n - _margin(n, step), high=n + _margin(n, step))


def _nearly(n: Decimal, step: Decimal, _: bool) -> Interval:
    return Interval(low=n - _margin(n, step), high=n, high_open=True)


def _over(n: Decimal, step: Decimal, _: bool) -> Interval:
    return Interval(low=n, high=None, low_open=True, soft_high=n + step)


def _at_least(n: Decimal, step: Decimal, _: bool) -> Interval:
    return Interval(low=n, high=None, soft_high=n + step)


# A count cannot be below nothing; what falls is told with its sign, and mirrored below.
def _under(n: Decimal, step: Decimal, _: bool) -> Interval:
    return Interval(low=Decimal(0), high=n, high_open=n != 0, soft_low=n - step)


def _at_most(n: Decimal, step: Decimal, _: bool) -> Interval:
    return Interval(low=Decimal(0), high=n, soft_low=n - step)


SPANS: dict[Qualifier, Callable[[Decimal, Decimal, bool], Interval]] = {
    Qualifier.EXACT: _exact,  # 3,788 -> [3788, 3788]; 19,000 -> [18500, 19500); 21% -> [20.5, 21.5)
    Qualifier.ABOUT: _about,  # about 6,600 -> [6500, 6700]
    Qualifier.NEARLY: _nearly,  # nearly 19,000 -> [18050, 19000): a step, but never more than 5 %
    Qualifier.OVER: _over,  # more than 24,000 -> (24000, inf), softly to 25000
    Qualifier.AT_LEAST: _at_least,
    Qualifier.UNDER: _under,  # fewer than 100 -> [0, 100)
    Qualifier.AT_MOST: _at_most,
}


def interval(numbers: tuple[Decimal, ...], *, step: Decimal, rounded: bool, qualifier: Qualifier) -> Interval:
    """What a printed number admits. `step` is its last significant place as printed, in the figure's unit (> 0).

    `rounded`: it ends in zeros, has a scale word or is a percentage. A fall is a negative number. Two numbers are
    a range, whatever the qualifier. Source: the model's table "from printed number to interval".
    """
    if len(numbers) == 2:
        low, high = sorted(numbers)
        return Interval(low=low, high=high)
    n = numbers[0]
    if n < 0:
        return _mirrored(interval((-n,), step=step, rounded=rounded, qualifier=qualifier))
    return SPANS[qualifier](n, step, rounded)


def _mirrored(up: Interval) -> Interval:
    """The interval of a fall: "down by more than 6,000" is (-inf, -6000)."""

    def minus(end: Decimal | None) -> Decimal | None:
        return None if end is None else -end

    return Interval(
        low=minus(up.high),
        high=minus(up.low),
        low_open=up.high_open,
        high_open=up.low_open,
        soft_low=minus(up.soft_high),
        soft_high=minus(up.soft_low),
    )


def printed(text: str, qualifier: Qualifier) -> str:
    """The canonical qualifier word and the number's own text: "nearly 19,000", "more than 24,000", "21%"."""
    return f"{WORDS[qualifier]} {text}".strip()


def step_of(text_digits: str, scale: Decimal = Decimal(1)) -> Decimal:
    """The last significant place of printed digits, times the scale: "19,000" -> 1000, "5.38" bn -> 10 million.

    `text_digits` holds digits, commas and at most one point. "0" and "000" have step 1.
    """
    digits = text_digits.replace(",", "")
    if "." in digits:
        return Decimal(1).scaleb(-len(digits.partition(".")[2])) * scale
    zeros = len(digits) - len(digits.rstrip("0"))
    return (Decimal(10) ** zeros if zeros < len(digits) else Decimal(1)) * scale


def is_rounded(text_digits: str, *, scaled: bool, percent: bool) -> bool:
    """Whether a printed number claims no more than its step: a scale word, a percentage, or two zeros at its end.

    One zero is not enough: one exact count in ten ends in one (19,820 is as exact as 19,821).
    """
    return scaled or percent or ("." not in text_digits and text_digits.replace(",", "").endswith("00"))
