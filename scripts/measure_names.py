"""Measures how often a command for an entity with an unusual name is understood: docs/commands.md, "Names".

    python scripts/measure_names.py            # about five minutes; needs the models piper-joe and moonshine-tiny-en

Aliases are learned with the speaker's own voice; the commands are spoken at other speeds, and by another voice.
"""

import asyncio
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import soxr

from edge.events import SAMPLE_RATE_HZ, Intent, Samples
from edge.nlu import open_language
from edge.nlu.hassil_intents import HassilRecognizer
from edge.nlu.home_names import HomeNames, NamedArea, NamedEntity
from edge.nlu.learned_aliases.aliases import LearnedAliases
from edge.nlu.spoken_grammar import open_grammar
from edge.runtime.hosted import Hosted
from edge.runtime.worker import InlineWorker
from edge.services import loopback
from edge.settings import ModelSettings, Settings, SttSettings, TtsSettings
from edge.store import open_store
from edge.stt import Stt, open_stt
from edge.tts import Tts, open_tts


def _names(text: str) -> list[str]:
    return [" ".join(name.split()) for name in text.split(",")]


PEOPLE = _names(
    """
    Xochitl, Saoirse, Siobhan, Nguyen, Zbigniew, Oluwaseun, Björn, Caoimhe, Anastasiya, Thibault, Ngozi,
    Joaquín, Zsófia, Priyanka, Aoife, Chukwuemeka, Yevgeniy, Mireille, Guillermo, Håkon
    """
)
ROOMS = _names(
    """
    Zenithium, Nookington, Brewhalla, Quietorium, Snugglarium, Larderie, Wyrmhole, Cwtch, Stüberl, Kombüse,
    Ofuro, Genkan
    """
)
ARTISTS = _names(
    """
    Sigur Rós, Björk, Rammstein, Khruangbin, Röyksopp, Tchaikovsky, Dvořák, Sade, Stromae, Måneskin, Sufjan
    Stevens, Rosalía
    """
)
PRODUCTS = _names(
    """
    Roborock, Nanoleaf, Dyson Hepa, Govee strip, Shelly plug, Sonoff switch, Ecovacs, Meross plug, Tuya
    dimmer, Aqara hub, Philips Wiz, Xiaomi purifier, Miele oven, De'Longhi, Lutron, Ikea Trådfri
    """
)
ABSENT = _names(
    """
    Anna's lamp, Sophie's lamp, Quinn's lamp, Brian's lamp, Megan's lamp, Marie's lamp, Natasha's lamp,
    Miguel's lamp, Sven's lamp, Kenji's lamp, Hue bridge, Ring camera, Sonos, Tapo plug, Wemo switch, Netatmo,
    Ecobee, Lifx bulb, Denon, Nespresso, Kraftwerk, Vivaldi, Chopin, Coldplay, Metallica
    """
)

HOME = HomeNames(
    entities=(
        NamedEntity("Kitchen light", "light", (), "Kitchen"),
        NamedEntity("Bedroom lamp", "light", (), "Bedroom"),
        NamedEntity("Front door", "lock"),
        NamedEntity("Garage door", "cover"),
        NamedEntity("Coffee machine", "switch", (), "Kitchen"),
        NamedEntity("Movie night", "scene"),
        *(NamedEntity(f"{name}'s lamp", "light") for name in PEOPLE),
        *(NamedEntity(name, "script") for name in ARTISTS),
        *(NamedEntity(name, "switch") for name in PRODUCTS),
    ),
    areas=tuple(NamedArea(name) for name in ("Kitchen", "Bedroom", "Living room", *ROOMS)),
    here="Living room",
)


def commands() -> Iterator[tuple[str, str, str]]:
    """The text, the intent, and the name that must be in a slot."""
    for name in PEOPLE:
        yield f"Turn on {name}'s lamp.", "HassTurnOn", f"{name}'s lamp"
        yield f"Set {name}'s lamp to 40 percent.", "HassLightSet", f"{name}'s lamp"
    for name in ROOMS:
        yield f"Turn off the lights in the {name}.", "HassTurnOff", name
        yield f"Turn on the {name} lights.", "HassTurnOn", name
    for name in ARTISTS:
        yield f"Start {name}.", "HassTurnOn", name
        yield f"Activate {name}.", "HassTurnOn", name
    for name in PRODUCTS:
        yield f"Turn on the {name}.", "HassTurnOn", name
        yield f"Switch off the {name}.", "HassTurnOff", name


def say(voice: Tts, text: str) -> Samples:
    """Speech at 16 kHz, with 300 ms of silence on both sides."""
    speech = np.concatenate([piece.samples for piece in voice.synthesise(text)])
    sound = soxr.resample(speech, voice.rate_hz, SAMPLE_RATE_HZ)
    return np.pad(sound, SAMPLE_RATE_HZ * 3 // 10).astype(np.float32)


def recognize(stt: Stt, recognizer: HassilRecognizer, sound: Samples) -> tuple[Intent | None, str]:
    """The intent, and how it was found: in the audio, in the text, or by a similar-sounding name."""
    stream = stt.stream()
    stream.feed(sound)
    heard = stream.finish()
    if heard.match is not None:
        return heard.match.intent, "audio"
    found = recognizer.recognize(heard.text)
    return (None, "") if found is None else (found.intent, found.reason)


def measure(stt: Stt, home: HomeNames, sound: Callable[[str], Samples]) -> Counter[str]:
    """How many commands were found in which way, and how often another entity would have been switched."""
    stt.use(open_grammar(Settings(), home))
    recognizer = HassilRecognizer(Settings(), home)
    known = {entity.name for entity in home.entities} | {area.name for area in home.areas} - {home.here}
    count: Counter[str] = Counter()
    for text, intent, name in commands():
        found, how = recognize(stt, recognizer, sound(text))
        named = set() if found is None else {found.slots.get(slot) for slot in ("name", "area")}
        if found is not None and found.name == intent and name in named:
            count["right, " + how] += 1
        elif named & known:
            count["wrong, " + how] += 1
    for name in ABSENT:
        found, how = recognize(stt, recognizer, sound(f"Turn on {name}."))
        if found is not None and {found.slots.get(slot) for slot in ("name", "area")} & known:
            count["absent, " + how] += 1
    return count


async def main() -> None:
    """Learn, then measure with and without the learned aliases."""
    store = open_store(ModelSettings())
    stt, own = open_stt(SttSettings(), store), open_tts(TtsSettings(), store)
    transcribe = loopback(Hosted("tts", own, InlineWorker()), Hosted("stt", stt, InlineWorker()))
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        aliases = LearnedAliases(Path(folder) / "aliases.json", "", InlineWorker(), open_language("en"))
        await aliases.learn(HOME, transcribe, lambda: asyncio.sleep(0))
        print(f"learned in {time.monotonic() - began:.0f} s")
        learned = aliases.names(HOME)
    voices = {
        "own voice, pace 0.85": TtsSettings(speed=0.85),
        "own voice, pace 1.2": TtsSettings(speed=1.2),
        "another voice": TtsSettings(engine="piper"),
        "another voice, pace 0.85": TtsSettings(engine="piper", speed=0.85),
    }
    for label, settings in voices.items():
        voice = open_tts(settings, store)
        spoken = {text: say(voice, text) for text, _, _ in commands()}
        spoken |= {text: say(voice, text) for text in (f"Turn on {name}." for name in ABSENT)}
        for home in (HOME, learned):
            count = measure(stt, home, spoken.__getitem__)
            print(
                label,
                "| aliases learned |" if home is learned else "| plain |",
                dict(sorted(count.items())),
                flush=True,
            )


if __name__ == "__main__":
    asyncio.run(main())
