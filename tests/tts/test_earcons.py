from typing import get_args

import numpy as np
import pytest

from edge.tts.earcons import Earcon, load_earcon


@pytest.mark.parametrize("name", get_args(Earcon))
def test_every_sound_is_short_and_neither_clips_nor_clicks(name: Earcon) -> None:
    sound = load_earcon(name)
    assert 100 < sound.duration_ms <= 2000
    assert 0.2 < np.abs(sound.samples).max() < 0.9
    assert np.abs(sound.samples[[0, -1]]).max() < 0.01
    assert np.abs(np.diff(sound.samples)).max() < 0.3


def test_a_sound_is_read_once_and_cannot_be_changed() -> None:
    assert load_earcon("ring") is load_earcon("ring")
    with pytest.raises(ValueError, match="read-only"):
        load_earcon("ring").samples[0] = 1
