"""A page of benchmark results in one file: no network, no script, the pictures inside."""

import base64
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape as escape_html
from typing import Any, Final

from edge.bench import pictures
from edge.bench.waterfall import answerers, measured, median_turn

Results = Mapping[str, Mapping[str, Any]]
"""The result of each kind of benchmark that ran."""

_CSS = """
body{margin:0 auto;max-width:1120px;padding:24px 16px 48px;background:#f5f6f8;color:#24292f;
font:16px/1.5 system-ui,sans-serif}
p{max-width:46em}figcaption,th{color:#636c76;font-size:.88rem}code{font:.9em ui-monospace,monospace}
.pictures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,460px),1fr));gap:14px}
figure,table{margin:0;padding:14px;background:#fff;border:1px solid #dfe3e8;border-radius:10px}
table{margin-top:14px}figure img{display:block;width:100%;max-width:620px;margin:auto}
th,td{padding:3px 10px;text-align:left;vertical-align:top;overflow-wrap:anywhere}
"""


def page(results: Results, *, command: str, date: str) -> str:
    """The page as HTML, well-formed as XML too. It holds times and rates, nothing that was said or heard.

    `command` and `date` say how and when the results were measured; the machine is in the results.
    """
    machines = dict.fromkeys(str(result["machine"]) for result in results.values() if "machine" in result)
    parts = [
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8"/>',
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>',
        '<meta http-equiv="Content-Security-Policy"',
        """ content="default-src 'none'; img-src data:; style-src 'unsafe-inline'"/>""",
        f"<title>edge-voice benchmarks</title>\n<style>{_CSS}</style>\n</head>\n<body>",
        "<h1>edge-voice benchmarks</h1>",
        _table([("machine", "; ".join(machines) or "unknown"), ("date", date), ("command", command)]),
    ]
    for kind, result in results.items():
        parts.append(f"<h2>{escape(kind)}</h2>")
        if kind in _SECTIONS:
            parts += _SECTIONS[kind](result)
        parts.append(_table(list(_figures(result)) or [("result", "Nothing was measured.")]))
    if not results:
        parts.append("<p>Nothing was measured.</p>")
    return "\n".join([*parts, "</body>\n</html>\n"])


def escape(text: str) -> str:
    """A text as it may stand in HTML and in XML, between tags and in attributes."""
    return escape_html("".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text))


def _turn(result: Mapping[str, Any]) -> Iterator[str]:
    turns = result["turns"]
    falls = {name: fall for name in answerers(turns) if (fall := median_turn(turns, name))}
    until = max(1.0, 1.08 * max((fall.first_sound for fall in falls.values()), default=1.0))
    yield _note(
        "Recordings are played in real time into the whole speaker. Zero is the end of speech energy in the input; the "
        "first sound is the onset of the output. The first row is the wait for the end of the utterance. The numbers "
        "on the right are how long each stage worked before the first sound."
    )
    yield _pictures(
        *(
            (pictures.waterfalls([fall], until_ms=until), fall.title, _discarded(turns, name))
            for name, fall in falls.items()
        ),
        (
            pictures.first_sounds(result),
            "First sound by answerer",
            "Each dot is a turn; the solid line is p50, the dashed line p95.",
        ),
    )


def _discarded(turns: Sequence[Mapping[str, Any]], answerer: str) -> str:
    own = measured(turns, answerer)
    count = sum(any(discarded for *_, discarded in turn["spans"]) for turn in own)
    return f"Hatched: prepared for a reply that was never played, in {count} of {len(own)} turns."


def _endpoint(result: Mapping[str, Any]) -> Iterator[str]:
    yield _note(
        "A short wait cuts users off, a long wait keeps them waiting. The curve shows all waits stretched or shortened "
        "by the same factor; lower left is better."
    )
    yield _pictures(
        (pictures.cut_off(result), "Cut-off rate over the wait", "The ring marks the configured waits."),
        (pictures.pauses(result), "Cut-off rate by pause", "How often a pause was taken for the end, by its length."),
    )


def _wake(result: Mapping[str, Any]) -> Iterator[str]:
    hours = result.get("hours") or 0.0
    duration = pictures.duration(hours)
    yield _note(f"“{result.get('word')}”: {result.get('n')} recordings, and {duration} without it.")
    caption = f"Each dot is a threshold, with patience {result.get('patience')}; the ring is the configured one."
    if hours and result.get("curve") and not any(accepts for _, _, accepts in result["curve"]):
        caption += (
            f" No threshold had a false accept: {duration} cannot tell that from a rate of {1 / hours:.2g} an hour. "
            "Give --negative a longer manifest."
        )
    yield _pictures((pictures.wake_curve(result), "Missed wake words over false accepts", caption))


_SECTIONS: Final[Mapping[str, Callable[[Mapping[str, Any]], Iterator[str]]]] = {
    "turn": _turn,
    "endpoint": _endpoint,
    "wake": _wake,
}


def _figures(result: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """The numbers and names of a result under the keys of its JSON. Lists are left out: they hold what was said."""
    for key, value in result.items():
        if isinstance(value, Mapping):
            if any(isinstance(inner, Mapping) for inner in value.values()):
                yield from _figures(value, f"{prefix}{key}.")
            elif value:
                yield f"{prefix}{key}", ", ".join(f"{name} {inner}" for name, inner in value.items())
        elif value is not None and not isinstance(value, list) and key != "machine":
            yield f"{prefix}{key}", str(value)


def _table(rows: Sequence[tuple[str, str]]) -> str:
    cells = (f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in rows)
    return f"<table>{''.join(cells)}</table>"


def _pictures(*drawn: tuple[str | None, str, str]) -> str:
    """Pictures with what they show and a caption."""
    return f'<div class="pictures">{"".join(_picture(*one) for one in drawn)}</div>'


def _picture(svg: str | None, title: str, caption: str) -> str:
    if svg is None:
        return f"<figure><p>{escape(title)}: the result has no data for this picture.</p></figure>"
    data = base64.b64encode(svg.encode()).decode()
    image = f'<img alt="{escape(title)}" src="data:image/svg+xml;base64,{data}"/>'
    return f"<figure>{image}<figcaption>{escape(caption)}</figcaption></figure>"


def _note(words: str) -> str:
    return f"<p>{escape(words)}</p>"
