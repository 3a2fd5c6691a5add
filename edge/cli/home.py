"""`edge-voice home`: what the speaker knows of the home, and what a name or a sentence means there."""

import asyncio
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from edge.cli.home_alone import answer_alone
from edge.control import ExplainHome, ListHome
from edge.control.client import connect_if_running
from edge.errors import UsageError
from edge.settings import Settings

app = typer.Typer(help="What the speaker knows of your home. Nothing is sent to it.", invoke_without_command=True)

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Standalone = Annotated[
    bool, typer.Option("--standalone", help="Ask the broker, for some seconds, even if the speaker is running.")
]

_PLAIN_WIDTH = 160

Document = Mapping[str, Any]


@app.callback()
def home(
    ctx: typer.Context,
    everything: Annotated[
        bool, typer.Option("--all", help="Also what is not spoken of: diagnostics, and what you hid.")
    ] = False,
    as_json: Json = False,
    standalone: Standalone = False,
) -> None:
    """List the things of the home: their names, rooms, kinds and states, and where each comes from.

    The running speaker tells what it knows. Without one, or with --standalone, the broker is asked for some seconds.
    """
    if ctx.invoked_subcommand is not None:
        return
    document = _answer(ctx.obj.settings, ListHome(), standalone=standalone)
    if as_json:
        print(json.dumps(document))
        return
    things = [thing for thing in document["things"] if everything or thing["spoken"]]
    if things:
        _console().print(_table(things), markup=False)
    else:
        print("nothing is known of the home: see docs/home.md")
    if left := len(document["things"]) - len(things):
        print(f"{left} more are not spoken of: edge-voice home --all")
    for refused in document["refused"]:
        print(f"not usable: {refused['topic']}: {refused['message']} ({refused['code']})")
    for misfit in document["misfits"]:
        print(f"your settings: home.{'.'.join(map(str, misfit['key']))}: {misfit['message']} - {misfit['hint']}")


@app.command()
def explain(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(help='A name, a unique id, or a sentence: "turn off the kitchen light".')],
    as_json: Json = False,
    standalone: Standalone = False,
) -> None:
    """Explain a name or a sentence: the thing, the origin of its names and room, its topics, and what would be sent."""
    if not text.strip():
        raise UsageError("text-empty", "there is nothing to explain", 'name something: edge-voice home explain "lamp"')
    document = _answer(ctx.obj.settings, ExplainHome(text.strip()), standalone=standalone)
    print(json.dumps(document) if as_json else "\n".join(_explained(document)))


def _answer(settings: Settings, command: ListHome | ExplainHome, *, standalone: bool) -> Document:
    """What the running speaker knows, or what can be learned without one."""
    client = None if standalone else connect_if_running()
    if client is not None:
        with client:
            return client.request(command)
    document: Document = json.loads(json.dumps(asdict(asyncio.run(answer_alone(settings, command)))))
    return document


def _console() -> Console:
    return Console() if sys.stdout.isatty() else Console(width=_PLAIN_WIDTH)


def _table(things: list[Document]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("name", "room", "kind", "state", "from"):
        table.add_column(column, overflow="fold")
    for thing in things:
        name = Text(thing["name"])
        if thing["aliases"]:
            name.append(f"\n  {', '.join(thing['aliases'])}", style="dim")
        table.add_row(name, thing["room"], _kind(thing), _state(thing), _source(thing))
    return table


def _kind(thing: Document) -> str:
    what = f"{thing['kind']} ({thing['device_class']})" if thing["device_class"] else str(thing["kind"])
    return f"group of {len(thing['members'])}: {what}" if thing["members"] else what


def _state(thing: Document) -> str:
    if thing["available"] is False:
        return "offline"
    unit = f" {thing['unit']}" if thing["unit"] else ""
    values = [
        f"{_value(value)}{unit}" if feature in {"power", "value", "movement", "lock"} else f"{feature} {_value(value)}"
        for feature, value in thing["state"].items()
    ]
    return ", ".join(values) or "not known"


def _value(value: object) -> str:
    match value:
        case bool():
            return "on" if value else "off"
        case float():
            return f"{value:g}"
        case list():
            return "/".join(map(str, value))
        case _:
            return str(value)


def _source(thing: Document) -> str:
    return " ".join(filter(None, (thing["source"], thing["publisher"] and f"({thing['publisher']})")))


def _explained(document: Document) -> Iterator[str]:
    yield f"'{document['text']}': {document['understood']}"
    for command in document["commands"]:
        slots = ", ".join(f"{slot}: {value}" for slot, value in command["slots"].items())
        yield f"command: {command['intent']}" + (f" ({slots})" if slots else "")
        yield f"  says: {command['says']}"
        if command["offline"]:
            yield f"  left out, because offline: {', '.join(command['offline'])}"
        yield from _sends(command["sends"])
    for thing in document["things"]:
        yield from _thing(thing)
    if document["sends"]:
        yield "commands, and what they publish:"
        yield from _sends(document["sends"])
    if document["more"]:
        yield f"{document['more']} more things"


_TIERS = {"ask": "asks first", "code": "asks for the code", "never": "is refused"}


def _sends(sends: list[Document]) -> Iterator[str]:
    for sent in sends:
        change = ", ".join(f"{feature} {_value(value)}" for feature, value in sent["change"].items())
        guard = f"; {_TIERS[sent['tier']]}: {sent['why']}" if sent["tier"] in _TIERS else ""
        yield f"  {sent['thing']}: {change}{guard}"
        for message in sent["messages"]:
            retained = " (retained)" if message["retain"] else ""
            yield f"    {message['topic']} <- {message['payload']}{retained}"


def _thing(explained: Document) -> Iterator[str]:
    thing = explained["thing"]
    yield f"thing: {thing['name']} ({thing['id']})"
    yield f"  from: {_source(thing)}" + (f", {thing['topic']}" if thing["topic"] else "")
    yield f"  kind: {_kind(thing)}" + ("" if thing["spoken"] else ", not spoken of")
    for name, origin in explained["names"].items():
        yield f"  name: {name} - {origin}"
    if thing["room"]:
        floor = f" ({thing['floor']})" if thing["floor"] else ""
        yield f"  room: {thing['room']}{floor} - {explained['room_from']}"
    else:
        yield "  room: not known"
    yield f"  state: {_state(thing)}"
    for feature, accepted in explained["accepts"].items():
        yield f"  takes: {feature}: {accepted}"
    yield from (f"  state topic: {topic}" for topic in explained["state_topics"])
    mode = explained["availability_mode"]
    yield from (f"  availability topic ({mode}): {topic}" for topic in explained["availability_topics"])
    if thing["members"]:
        yield f"  members: {', '.join(thing['members'])}"
