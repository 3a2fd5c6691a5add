"""Which intent is planned or answered by what: the tables of `edge.home.intents.things`."""

from collections.abc import Callable, Mapping

from edge.events import SlotValue
from edge.home import Asks
from edge.home.answers.questions import Questions
from edge.home.errands.lists import Lists
from edge.home.planning.find import Place
from edge.home.planning.modes import Modes
from edge.home.planning.plan import Planner
from edge.home.planning.planned import Planned, Slots
from edge.home.planning.players import Players
from edge.home.planning.targets import Targets
from edge.nlu import Language
from edge.runtime.clock import Clock


def plans_of_players(players: Players, planner: Planner) -> Mapping[str, Callable[[Slots], Planned]]:
    """Of music and the volume of things."""

    def control(intent: str, action: str) -> Callable[[Slots], Planned]:
        return lambda slots: players.control(intent, slots, action)

    def louder(slots: Slots) -> Planned:
        step = slots.get("volume_step", "up")
        change: dict[str, SlotValue] = {"direction": "down" if step == "down" or _is_negative(step) else "up"}
        if not isinstance(step, str):
            change["step"] = abs(step)
        target = {slot: value for slot, value in slots.items() if slot != "volume_step"}
        return planner.adjust("EdgeAdjust", {**target, "what": "volume", **change})

    return {
        "EdgePlaying": players.playing,
        "HassMediaNext": control("HassMediaNext", "next"),
        "HassMediaPause": control("HassMediaPause", "pause"),
        "HassMediaPlayerMute": lambda slots: players.mute("HassMediaPlayerMute", slots, on=True),
        "HassMediaPlayerUnmute": lambda slots: players.mute("HassMediaPlayerUnmute", slots, on=False),
        "HassMediaPrevious": control("HassMediaPrevious", "previous"),
        "HassMediaUnpause": control("HassMediaUnpause", "play"),
        "HassSetVolumeRelative": louder,
    }


def _is_negative(step: SlotValue) -> bool:
    return isinstance(step, int | float) and step < 0


def plans_of_lists(lists: Lists) -> Mapping[str, Callable[[Slots], Planned]]:
    """Of shopping and to-do lists."""
    return {
        "EdgeListItems": lambda slots: lists.items("EdgeListItems", slots),
        "HassListAddItem": lambda slots: lists.add("HassListAddItem", slots),
        "HassListCompleteItem": lambda slots: lists.complete("HassListCompleteItem", slots),
        "HassListRemoveItem": lambda slots: lists.remove("HassListRemoveItem", slots),
        "HassShoppingListAddItem": lambda slots: lists.add("HassShoppingListAddItem", slots),
        "HassShoppingListCompleteItem": lambda slots: lists.complete("HassShoppingListCompleteItem", slots),
    }


def plans_of_things(
    targets: Targets, planner: Planner, questions: Questions, clock: Clock, language: Language
) -> Mapping[str, Callable[[Slots], Planned]]:
    """Of everything that is switched, set or asked about."""
    modes = Modes(planner, targets, language)

    def light(slots: Slots) -> Planned:
        if "color" in slots or "temperature" in slots:
            return planner.colour("HassLightSet", slots)
        planned = planner.set_number("HassLightSet", slots, "brightness")
        degrees = slots.get("brightness") if isinstance(planned, str) and "bare" in slots else None
        if degrees is None or not targets.finder.of_kind("climate", Place.of(slots)):
            return planned
        return number("HassClimateSetTemperature", "temperature")({"area": slots["area"], "temperature": degrees})

    def not_understood(slots: Slots) -> Planned:
        if "name" not in slots:
            return language.replies.not_understood(str(slots.get("said", "")))
        found = targets.find("EdgeNotUnderstood", slots)
        return found if isinstance(found, str | Asks) else planner.able(found[0])

    def activity(intent: str, domain: str, name: str) -> Callable[[Slots], Planned]:
        return lambda slots: planner.activity(intent, {"domain": domain, **slots}, domain, name)

    def number(intent: str, slot: str, **defaults: SlotValue) -> Callable[[Slots], Planned]:
        return lambda slots: planner.set_number(intent, {**defaults, **slots}, slot)

    return {
        "EdgeAdjust": lambda slots: planner.adjust("EdgeAdjust", slots),
        "EdgeAlarmPanel": lambda slots: planner.activity(
            "EdgeAlarmPanel",
            {"domain": "alarm_control_panel", **slots},
            "alarm_control_panel",
            str(slots.get("action", "arm_away")),
        ),
        "EdgeMachine": lambda slots: planner.activity(
            "EdgeMachine", {"domain": "vacuum", **slots}, "vacuum", str(slots.get("action", ""))
        ),
        "EdgeMeasure": questions.measure,
        "EdgeNotUnderstood": not_understood,
        "EdgeDirection": lambda slots: modes.direction("EdgeDirection", {"domain": "fan", **slots}),
        "EdgeOscillate": lambda slots: modes.oscillate("EdgeOscillate", slots),
        "EdgeSetHumidity": number("EdgeSetHumidity", "humidity"),
        "EdgeSetNumber": number("EdgeSetNumber", "value"),
        "EdgeSetOption": lambda slots: modes.option("EdgeSetOption", slots),
        "EdgeSetText": lambda slots: modes.text("EdgeSetText", slots),
        "EdgeSetting": questions.setting,
        "EdgeTilt": number("EdgeTilt", "tilt", domain="cover"),
        "EdgeStopCover": activity("EdgeStopCover", "cover", "stop"),
        "HassClimateGetTemperature": lambda slots: questions.measure({"measure": "temperature", **slots}),
        "HassClimateSetTemperature": number("HassClimateSetTemperature", "temperature"),
        "HassFanSetSpeed": number("HassFanSetSpeed", "percentage"),
        "HassGetState": lambda slots: questions.state(slots, clock.now()),
        "HassLawnMowerDock": activity("HassLawnMowerDock", "lawn_mower", "dock"),
        "HassLawnMowerStartMowing": activity("HassLawnMowerStartMowing", "lawn_mower", "start"),
        "HassLightSet": light,
        "HassSetPosition": number("HassSetPosition", "position", position=50),
        "HassSetVolume": number("HassSetVolume", "volume_level"),
        "HassTurnOff": lambda slots: planner.turn("HassTurnOff", slots, on=False),
        "HassTurnOn": lambda slots: planner.turn("HassTurnOn", slots, on=True),
        "HassVacuumReturnToBase": activity("HassVacuumReturnToBase", "vacuum", "dock"),
        "HassVacuumStart": activity("HassVacuumStart", "vacuum", "start"),
    }
