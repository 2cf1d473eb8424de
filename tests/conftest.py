"""What every test shares: how hard laws are tried. Everything else is asked for by name."""

import os

import pytest
from hypothesis import settings

# On top of the profile that Hypothesis chose by itself: on CI it draws the same examples at each run.
settings.register_profile("feed", parent=settings(), max_examples=50, deadline=None, print_blob=True)
settings.load_profile("feed")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`./run test --nightly`: the heavy versions too."""
    parser.addoption("--nightly", action="store_true", help="run the heavy versions of tests, which take long")


def pytest_configure(config: pytest.Config) -> None:
    """Workers are processes of their own, and tests choose their size when they load: the environment tells both."""
    if config.getoption("--nightly"):
        os.environ["FEED_NIGHTLY"] = "1"  # noqa: TID251 - a switch of the tests, not of the product
