from collections.abc import Callable

import pytest

from edge.events import Intent
from edge.nlu.hassil_intents import HassilRecognizer
from edge.settings import Settings
from tests.fakes.home import A_HOME, home_settings

Recognize = Callable[[str], Intent | None]


@pytest.fixture(scope="session")
def at_home() -> Recognize:
    """Recognises in a home with entities of every kind."""
    return HassilRecognizer(home_settings(*A_HOME)).intent


@pytest.fixture(scope="session")
def nowhere() -> Recognize:
    """Recognises where nothing is configured."""
    return HassilRecognizer(Settings()).intent
