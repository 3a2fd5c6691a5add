import numpy as np

from edge.events import Speech
from edge.tts.speech_cache import SpeechCache


def speech(seconds: float) -> Speech:
    return Speech(np.zeros(round(seconds * 1000), np.float32), 1000)


def test_the_least_recently_used_speech_leaves_first() -> None:
    cache = SpeechCache(3)
    a, b, c = speech(1), speech(1), speech(1.5)
    cache.put("a", a)
    cache.put("b", b)
    assert cache.get("a") is a
    cache.put("c", c)
    assert (cache.get("a"), cache.get("b"), cache.get("c")) == (a, None, c)


def test_the_same_text_is_held_once() -> None:
    cache = SpeechCache(3)
    for _ in range(10):
        cache.put("a", speech(1))
    cache.put("b", speech(2))
    assert cache.get("a") is not None
    assert cache.get("b") is not None


def test_speech_that_is_longer_than_everything_is_not_held() -> None:
    cache = SpeechCache(3)
    cache.put("a", speech(1))
    cache.put("b", speech(4))
    assert cache.get("a") is not None
    assert cache.get("b") is None


def test_a_cache_is_full_before_it_would_push_something_out() -> None:
    cache = SpeechCache(3)
    assert not cache.full
    cache.put("a", speech(2.8))
    assert cache.full
