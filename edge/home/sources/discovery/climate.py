"""Heating, cooling and air: climate, water heater, fan, humidifier."""

from typing import Final

from edge.home.model import Anything, Choice, Feature, Range, Value
from edge.home.sources.discovery.config import Config, refused
from edge.home.sources.discovery.parts import (
    NONE,
    Builder,
    Parts,
    as_number,
    as_whole,
    bounded,
    listed,
    number,
    on_off,
    one_of,
    payloads,
    switched,
    text_of,
)

_HVAC_MODES: Final = ("auto", "off", "cool", "heat", "dry", "fan_only")
_HVAC_ACTIONS: Final = ("off", "preheating", "heating", "cooling", "drying", "fan", "idle", "defrosting")
_WATER_MODES: Final = ("off", "eco", "electric", "gas", "heat_pump", "high_demand", "performance")
_FAN_MODES: Final = ("auto", "low", "medium", "high")
_SWING_MODES: Final = ("on", "off")
_HUMIDIFIER_ACTIONS: Final = ("off", "humidifying", "drying", "idle")


def read_climate(config: Config) -> Parts:
    """A thermostat, radiator or air conditioner."""
    build = Builder(config)
    low, high, unit = _temperatures(config, 7.0, 35.0)
    degrees = Range(low, high, config.number("temp_step", 1), unit)
    build.command(Feature.POWER, "power_command", Anything(), payloads(on_off(config)))
    for feature, key, options in (
        (Feature.MODE, "mode", _options(config, "modes", _HVAC_MODES)),
        (Feature.FAN_MODE, "fan_mode", _options(config, "fan_modes", _FAN_MODES)),
        (Feature.SWING, "swing_mode", _options(config, "swing_modes", _SWING_MODES)),
    ):
        build.command(feature, f"{key}_command", Choice(options), str)
        build.state(feature, f"{key}_state_topic", listed(options), f"{key}_state_template", "value_template")
    if presets := config.texts("preset_modes"):
        presets = ("none", *presets)
        build.command(Feature.PRESET, "preset_mode_command", Choice(presets), str)
        build.state(
            Feature.PRESET, "preset_mode_state_topic", listed(presets), "preset_mode_value_template", "value_template"
        )
    for feature, key in (
        (Feature.TARGET_TEMPERATURE, "temperature"),
        (Feature.TARGET_LOW, "temperature_low"),
        (Feature.TARGET_HIGH, "temperature_high"),
    ):
        build.command(feature, f"{key}_command", degrees)
        build.state(feature, f"{key}_state_topic", number, f"{key}_state_template", "value_template")
    _humidity(build, 30, 99)
    _current(build, Feature.TEMPERATURE, "temperature")
    _current(build, Feature.HUMIDITY, "humidity")
    build.state(Feature.ACTION, "action_topic", listed(_HVAC_ACTIONS), "action_template", "value_template")
    return build.parts(optimistic=config.flag("optimistic") or not build.readings)


def _options(config: Config, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
    return config.texts(key) if config.has(key) else default


def _current(build: Builder, feature: Feature, key: str) -> None:
    build.state(feature, f"current_{key}_topic", number, f"current_{key}_template", "value_template")


def _humidity(build: Builder, low: float, high: float) -> None:
    low, high = build.config.number("min_humidity", low), build.config.number("max_humidity", high)
    if not 0 <= low < high <= 100:  # noqa: PLR2004 - percent
        raise refused("the range of the humidity is empty")
    build.command(Feature.TARGET_HUMIDITY, "target_humidity_command", Range(low, high, unit="%"), as_whole)
    build.state(
        Feature.TARGET_HUMIDITY,
        "target_humidity_state_topic",
        bounded(low, high),
        "target_humidity_state_template",
        "value_template",
        unknown=build.config.text("payload_reset_humidity", NONE),
    )


def read_water_heater(config: Config) -> Parts:
    """A boiler."""
    build = Builder(config)
    low, high, unit = _temperatures(config, 43.3, 60.0)
    modes = _options(config, "modes", _WATER_MODES)
    build.command(Feature.POWER, "power_command", Anything(), payloads(on_off(config)))
    build.command(Feature.MODE, "mode_command", Choice(modes), str)
    build.state(Feature.MODE, "mode_state_topic", listed(modes), "mode_state_template", "value_template")
    build.command(Feature.TARGET_TEMPERATURE, "temperature_command", Range(low, high, 0, unit))
    build.state(
        Feature.TARGET_TEMPERATURE, "temperature_state_topic", number, "temperature_state_template", "value_template"
    )
    _current(build, Feature.TEMPERATURE, "temperature")
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
    """A fan; its speed is percent here and a number of its own range on the wire, where the number below it is off."""
    build = Builder(config)
    build.power()
    low, high = config.number("speed_range_min", 1), config.number("speed_range_max", 100)
    if not 0 < low <= high:
        raise refused("the range of the speed is empty")
    steps = high - low + 1

    def to_steps(percent: Value) -> float:
        share = round(as_number(percent) / 100 * steps, 6)
        return as_number(min(high, low - 1 + -(-share // 1)))

    def of_steps(text: str) -> float | None:
        value = number(text)
        return (value - low + 1) / steps * 100 if value is not None and low - 1 <= value <= high else None

    build.command(Feature.SPEED, "percentage_command", Range(0, 100, 100 / steps, "%"), to_steps)
    swings: dict[Value, str] = {
        True: config.text("payload_oscillation_on", "oscillate_on"),
        False: config.text("payload_oscillation_off", "oscillate_off"),
    }
    build.command(Feature.OSCILLATION, "oscillation_command", Anything(), payloads(swings))
    build.command(Feature.DIRECTION, "direction_command", Choice(("forward", "reverse")), str)
    presets = config.texts("preset_modes")
    build.command(Feature.PRESET, "preset_mode_command", Choice(presets), str)
    build.state(Feature.POWER, "state_topic", switched(config), "state_value_template")
    build.state(
        Feature.SPEED,
        "percentage_state_topic",
        of_steps,
        "percentage_value_template",
        unknown=config.text("payload_reset_percentage", NONE),
    )
    read_swing = one_of({text: value for value, text in swings.items()})
    build.state(Feature.OSCILLATION, "oscillation_state_topic", read_swing, "oscillation_value_template")
    build.state(Feature.DIRECTION, "direction_state_topic", text_of, "direction_value_template")
    build.state(
        Feature.PRESET,
        "preset_mode_state_topic",
        listed(presets),
        "preset_mode_value_template",
        unknown=config.text("payload_reset_preset_mode", NONE),
    )
    return build.parts(optimistic=config.flag("optimistic") or not config.has("state_topic"))


def read_humidifier(config: Config) -> Parts:
    """A humidifier or dehumidifier."""
    build = Builder(config)
    build.power()
    config.required("target_humidity_command_topic")
    _humidity(build, 0, 100)
    modes = config.texts("modes")
    build.command(Feature.MODE, "mode_command", Choice(modes), str)
    build.state(Feature.POWER, "state_topic", switched(config), "state_value_template")
    build.state(Feature.HUMIDITY, "current_humidity_topic", bounded(0, 100), "current_humidity_template")
    build.state(
        Feature.MODE,
        "mode_state_topic",
        listed(modes),
        "mode_state_template",
        unknown=config.text("payload_reset_mode", NONE),
    )
    build.state(Feature.ACTION, "action_topic", listed(_HUMIDIFIER_ACTIONS), "action_template")
    return build.parts(optimistic=config.flag("optimistic") or not config.has("state_topic"))
