"""Heating, cooling and air: climate, water heater, fan."""

from typing import Any, Final

from edge.home.discovery.config import Config, refused
from edge.home.discovery.parts import (
    Command,
    Commands,
    Parts,
    Read,
    number,
    on_off,
    one_of,
    payloads,
    plain,
    reading,
    switched,
    text_of,
)
from edge.home.model import Accepts, Anything, Choice, Feature, Range, Reading, Value

_HVAC_MODES: Final = ("auto", "off", "cool", "heat", "dry", "fan_only")
_WATER_MODES: Final = ("off", "eco", "electric", "gas", "heat_pump", "high_demand", "performance")
_FAN_MODES: Final = ("auto", "low", "medium", "high")
_SWING_MODES: Final = ("on", "off")


class _Builder:
    """Collects commands and readings whose keys have one prefix each."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.accepts: dict[Feature, Accepts] = {}
        self.commands: dict[Feature, Command] = {}
        self.readings: list[Reading] = []

    def command(self, feature: Feature, key: str, accepted: Accepts, written: Any = lambda value: value) -> None:
        topic = self.config.command_topic(f"{key}_command_topic")
        if topic:
            self.accepts[feature] = accepted
            self.commands[feature] = Command(
                topic, written, self.config.template(f"{key}_command_template"), self.config.flag("retain")
            )

    def state(self, feature: Feature, topic: str, read: Read, *templates: str) -> None:
        self.readings += reading(self.config, topic, feature, read, *templates)

    def parts(self, *, optimistic: bool) -> Parts:
        if not self.commands and not self.readings:
            raise refused("it has neither a command nor a state topic")
        return Parts(self.accepts, Commands(self.commands), tuple(self.readings), optimistic=optimistic)


def read_climate(config: Config) -> Parts:
    """A thermostat, radiator or air conditioner."""
    build = _Builder(config)
    low, high, unit = _temperatures(config, 7.0, 35.0)
    step = config.number("temp_step", 1)
    degrees = Range(low, high, step, unit)
    build.command(Feature.POWER, "power", Anything(), payloads(on_off(config)))
    build.command(Feature.MODE, "mode", Choice(config.texts("modes") or _HVAC_MODES))
    build.command(Feature.TARGET_TEMPERATURE, "temperature", degrees)
    build.command(Feature.TARGET_LOW, "temperature_low", degrees)
    build.command(Feature.TARGET_HIGH, "temperature_high", degrees)
    build.command(Feature.FAN_MODE, "fan_mode", Choice(config.texts("fan_modes") or _FAN_MODES))
    build.command(Feature.SWING, "swing_mode", Choice(config.texts("swing_modes") or _SWING_MODES))
    if presets := config.texts("preset_modes"):
        build.command(Feature.PRESET, "preset_mode", Choice(presets))
    humidity = Range(config.number("min_humidity", 30), config.number("max_humidity", 99), unit="%")
    build.command(Feature.TARGET_HUMIDITY, "target_humidity", humidity, lambda value: round(float(value)))
    for feature, key in (
        (Feature.TARGET_TEMPERATURE, "temperature"),
        (Feature.TARGET_LOW, "temperature_low"),
        (Feature.TARGET_HIGH, "temperature_high"),
        (Feature.TARGET_HUMIDITY, "target_humidity"),
    ):
        build.state(feature, f"{key}_state_topic", number, f"{key}_state_template", "value_template")
    build.state(
        Feature.TEMPERATURE, "current_temperature_topic", number, "current_temperature_template", "value_template"
    )
    build.state(Feature.HUMIDITY, "current_humidity_topic", number, "current_humidity_template", "value_template")
    for feature, key in ((Feature.MODE, "mode"), (Feature.FAN_MODE, "fan_mode"), (Feature.SWING, "swing_mode")):
        build.state(feature, f"{key}_state_topic", text_of, f"{key}_state_template", "value_template")
    build.state(Feature.PRESET, "preset_mode_state_topic", text_of, "preset_mode_value_template")
    build.state(Feature.ACTION, "action_topic", text_of, "action_template", "value_template")
    return build.parts(optimistic=config.flag("optimistic") or not build.readings)


def read_water_heater(config: Config) -> Parts:
    """A boiler."""
    build = _Builder(config)
    low, high, unit = _temperatures(config, 43.3, 60.0)
    build.command(Feature.POWER, "power", Anything(), payloads(on_off(config)))
    build.command(Feature.MODE, "mode", Choice(config.texts("modes") or _WATER_MODES))
    build.command(Feature.TARGET_TEMPERATURE, "temperature", Range(low, high, 0, unit))
    build.state(
        Feature.TARGET_TEMPERATURE, "temperature_state_topic", number, "temperature_state_template", "value_template"
    )
    build.state(
        Feature.TEMPERATURE, "current_temperature_topic", number, "current_temperature_template", "value_template"
    )
    build.state(Feature.MODE, "mode_state_topic", text_of, "mode_state_template", "value_template")
    return build.parts(optimistic=config.flag("optimistic") or not build.readings)


def _temperatures(config: Config, low: float, high: float) -> tuple[float, float, str]:
    """The range and its unit; the defaults are degrees Celsius."""
    unit = "°F" if config.text("temperature_unit", "C").upper().startswith("F") else "°C"
    if unit == "°F":
        low, high = low * 1.8 + 32, high * 1.8 + 32
    low, high = config.number("min_temp", round(low, 1)), config.number("max_temp", round(high, 1))
    if low >= high:
        raise refused("'min_temp' is not less than 'max_temp'")
    return low, high, unit


def read_fan(config: Config) -> Parts:
    """A fan; its speed is percent here and a number of its own range on the wire, where 0 is off."""
    build = _Builder(config)
    build.accepts[Feature.POWER] = Anything()
    build.commands[Feature.POWER] = Command(
        config.required("command_topic"),
        payloads(on_off(config)),
        config.template("command_template"),
        config.flag("retain"),
    )
    low, high = config.number("speed_range_min", 1), config.number("speed_range_max", 100)
    if not 0 < low <= high:
        raise refused("the range of the speed is empty")
    steps = high - low + 1

    def to_steps(percent: Value) -> float:
        share = float(percent) / 100 * steps  # type: ignore[arg-type]  # a number: `accepts` is a range
        return 0 if share <= 0 else min(high, max(low, low - 1 + -(-share // 1)))

    def of_steps(text: str) -> float | None:
        value = number(text)
        return None if value is None else min(100.0, max(0.0, (value - low + 1) / steps * 100))

    build.command(
        Feature.SPEED, "percentage", Range(0, 100, 100 / steps, "%"), lambda value: plain(float(to_steps(value)))
    )
    swings: dict[Value, str | None] = {
        True: config.text("payload_oscillation_on", "oscillate_on"),
        False: config.text("payload_oscillation_off", "oscillate_off"),
    }
    build.command(Feature.OSCILLATION, "oscillation", Anything(), payloads(swings))
    build.command(Feature.DIRECTION, "direction", Choice(("forward", "reverse")))
    if presets := config.texts("preset_modes"):
        build.command(Feature.PRESET, "preset_mode", Choice(presets))
    build.state(Feature.POWER, "state_topic", switched(config), "state_value_template")
    build.state(Feature.SPEED, "percentage_state_topic", of_steps, "percentage_value_template")
    read_swing = one_of({str(text): value for value, text in swings.items()})
    build.state(Feature.OSCILLATION, "oscillation_state_topic", read_swing, "oscillation_value_template")
    build.state(Feature.DIRECTION, "direction_state_topic", text_of, "direction_value_template")
    build.state(Feature.PRESET, "preset_mode_state_topic", text_of, "preset_mode_value_template")
    return build.parts(optimistic=config.flag("optimistic") or not config.has("state_topic"))
