"""Answers about the weather, from the weather entities of Home Assistant."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from edge.home import Asks
from edge.home.acting.send import Sender
from edge.home.errands.days import EVENING, date_of, local_time
from edge.home.model import Choice, Entity, Feature, ServiceCall
from edge.home.planning.planned import Errand, Slots
from edge.home.planning.targets import Targets
from edge.home.sources.home_assistant.connection import RequestError
from edge.home.sources.home_assistant.payload import Object, number_of, objects_of, text_of
from edge.home.states import EntityState
from edge.nlu import Language
from edge.nlu.home_replies import Forecast
from edge.runtime.clock import Clock

DOMAIN: Final = "weather"

_BY_DAYLIGHT: Final = (8, 20)
"""The hours that the condition of a day is taken from, where the forecast is an hourly one."""

_MEANS: Final[Mapping[str, frozenset[str]]] = {
    "rain": frozenset(["rainy", "pouring", "lightning-rainy", "snowy-rainy", "hail"]),
    "snow": frozenset(["snowy", "snowy-rainy"]),
    "sun": frozenset(["sunny", "partlycloudy", "clear-night"]),
    "clouds": frozenset(["cloudy", "partlycloudy"]),
    "wind": frozenset(["windy", "windy-variant"]),
    "fog": frozenset(["fog"]),
    "storm": frozenset(["lightning", "lightning-rainy", "exceptional"]),
}
"""The conditions, Home Assistant's, that a question asks for."""

_LIKELY: Final = 50.0
_UNLIKELY: Final = 30.0
"""Percent: from here on it will rain, up to here it will not; between them nothing is claimed."""


class Weather:
    """The weather of one model."""

    def __init__(
        self,
        targets: Targets,
        states: Callable[[Entity], EntityState],
        sender: Sender,
        clock: Clock,
        language: Language,
        outside: Callable[[str], str | None],
    ) -> None:
        """`outside` tells a measurement of a sensor outside, for homes without a weather entity."""
        self._targets = targets
        self._state_of = states
        self._sender = sender
        self._clock = clock
        self._replies = language.replies
        self._says = language.home_replies
        self._outside = outside

    def tell(self, slots: Slots) -> Errand | str | Asks:
        """HassGetWeather: `day` is now, today, tonight, tomorrow or a weekday; `ask`: rain, snow, temperature, ..."""
        found = self._targets.of_domain("HassGetWeather", DOMAIN, slots)
        if isinstance(found, str | Asks):
            return found
        day, ask = str(slots.get("day", "now")), str(slots.get("ask", ""))
        if ask == "humidity":
            return self._outside(ask) or self._says.not_measured(ask, "")
        if not found:
            measured = self._outside(ask) if day == "now" and ask == "temperature" else None
            return measured or self._replies.unsupported("weather") or ""
        entity = found[0]
        if day == "now":
            return self._now(entity, ask)
        return Errand(lambda: self._forecast(entity, day, ask))

    def _now(self, entity: Entity, ask: str) -> str:
        state = self._state_of(entity)
        if not state.current:
            return self._replies.fixed("home-unreachable")
        condition, temperature = state.values.get(Feature.CONDITION), state.values.get(Feature.TEMPERATURE)
        if state.available is False or (condition is None and temperature is None):
            return self._says.no_weather("")
        known = temperature if isinstance(temperature, int | float) else None
        sentence = self._says.weather_now(str(condition or ""), known, entity.unit)
        if ask not in _MEANS or condition is None:
            return sentence
        return self._says.yes_no(condition in _MEANS[ask], sentence)

    async def _forecast(self, entity: Entity, day: str, ask: str) -> str:
        at = date_of(day, self._clock.now().date())
        for kind in _kinds(entity):
            call = ServiceCall(DOMAIN, "get_forecasts", entity.service_id, {"type": kind}, answers=True)
            try:
                answer = await self._sender.call(call)
            except RequestError:
                continue
            entries = [
                it
                for it in objects_of(answer.get("forecast"))
                if (moment := self._moment(it)) is not None
                and moment.date() == at
                and (day != "tonight" or kind == "daily" or moment.hour >= EVENING)
            ]
            if entries:
                return self._told(_summary(entries, self._moment), day, ask, entity.unit)
        return self._says.no_weather(day)

    def _told(self, forecast: Forecast, day: str, ask: str, unit: str) -> str:
        sentence = self._says.weather_on(day, forecast, unit)
        if ask not in _MEANS:
            return sentence
        chance = forecast.rain_percent if ask == "rain" else None
        if chance is not None and _UNLIKELY < chance < _LIKELY:
            return sentence
        likely = chance is not None and chance >= _LIKELY
        return self._says.yes_no(likely or forecast.condition in _MEANS[ask], sentence)

    def _moment(self, entry: Object) -> datetime | None:
        """The local time of an entry of a forecast."""
        return local_time(text_of(entry.get("datetime")), self._clock.now().tzinfo)


def _kinds(entity: Entity) -> Sequence[str]:
    """The kinds of forecast that it has, the best for a day first."""
    accepted = entity.accepts.get(Feature.FORECAST)
    return accepted.options if isinstance(accepted, Choice) else ()


def _summary(entries: Sequence[Object], moment_of: Callable[[Object], datetime | None]) -> Forecast:
    highs = [number for it in entries if (number := number_of(it.get("temperature"))) is not None]
    lows = [number for it in entries if (number := number_of(it.get("templow"))) is not None]
    if not lows and len(highs) > 1:  # hours
        lows = highs
    chances = [number for it in entries if (number := number_of(it.get("precipitation_probability"))) is not None]
    first, last = _BY_DAYLIGHT
    by_day = [it for it in entries if (at := moment_of(it)) is not None and first <= at.hour < last] or entries
    conditions = Counter(text for it in by_day if (text := text_of(it.get("condition"))))
    return Forecast(
        conditions.most_common(1)[0][0] if conditions else "",
        max(highs, default=None),
        min(lows, default=None),
        max(chances, default=None),
    )
