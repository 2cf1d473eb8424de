from __future__ import annotations

import pytest

from feed.publish.render import Renderer
from feed.publish.site import Site
from tests.make import SITE, renderer


@pytest.fixture
def site() -> Site:
    return SITE


@pytest.fixture(scope="session")
def render() -> Renderer:
    return renderer()
