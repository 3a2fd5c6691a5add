"""A page of benchmark results that needs nothing else: no network, no script, pictures inside, light or dark."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from edge.bench import figures, waterfall
from edge.bench.key_figures import key_figures
from edge.bench.plots import Plot, escaped, style

Results = Mapping[str, Mapping[str, Any]]
"""The result of each kind of benchmark that ran."""

TITLES: Final = {
    "turn": "A turn, from the end of speech to the first sound",
    "endpoint": "Where the utterance ends",
    "wake": "The wake word",
}

_CSS = """
:root{color-scheme:light dark;--paper:#fff;--ink:#24292f;--muted:#636c76;--rule:#dfe3e8;--page:#f5f6f8}
@media (prefers-color-scheme:dark){:root{--paper:#15191f;--ink:#e6e9ee;--muted:#98a2ae;--rule:#323a45;--page:#0d1014}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1120px;padding:24px 16px 48px;background:var(--page);color:var(--ink);
font:16px/1.5 system-ui,sans-serif}
h1{margin:0 0 12px;font-size:1.6rem}h2{margin:36px 0 8px;font-size:1.2rem}
p{margin:4px 0 12px;max-width:46em}.muted,figcaption{color:var(--muted);font-size:.88rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 14px;margin:0;font-size:.92rem}
dt{color:var(--muted)}dd{margin:0;overflow-wrap:anywhere}code{font:.9em ui-monospace,monospace}
.pictures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,400px),1fr));gap:14px}
figure,.card{margin:0;padding:14px;background:var(--paper);border:1px solid var(--rule);border-radius:10px}
figure svg{display:block;width:100%;max-width:620px;height:auto;margin:auto}figcaption{margin-top:10px}
@media (min-width:860px){figure:last-child:nth-child(odd){grid-column:1/-1;display:grid;gap:28px;
grid-template-columns:repeat(2,minmax(0,1fr))}}
table{width:100%;border-collapse:collapse;font-size:.92rem}
th,td{padding:5px 8px;text-align:left;vertical-align:top}
td{border-top:1px solid var(--rule)}th{color:var(--muted);font-weight:600}
td:last-child{font-variant-numeric:tabular-nums}
td.kind{font-weight:600}td.kind .muted{font-weight:400}
"""


def page(results: Results, *, command: str, date: str) -> str:
    """The page as HTML, well-formed as XML too. Nothing that was said or heard is on it, only times and rates.

    `command` and `date` say how and when the results came about; the machine is in the results.
    """
    parts = [
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8"/>',
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>',
        """<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>""",
        f"<title>edge-voice, measured</title>\n<style>{_CSS}{style()}</style>\n</head>\n<body>",
        "<h1>edge-voice, measured</h1>",
        _facts(results, command, date),
    ]
    for kind, result in results.items():
        if kind in _SECTIONS:
            parts.append(f"<h2>{escaped(TITLES[kind])}</h2>")
            parts += _SECTIONS[kind](result)
    parts += ["<h2>Key figures</h2>", _table(results), "</body>\n</html>\n"]
    return "\n".join(parts)


def _facts(results: Results, command: str, date: str) -> str:
    machines = list(dict.fromkeys(str(result["machine"]) for result in results.values() if "machine" in result))
    rows = [
        ("machine", escaped("; ".join(machines) or "unknown")),
        ("date", escaped(date)),
        ("command", f"<code>{escaped(command)}</code>"),
    ]
    return f'<dl class="card">{"".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in rows)}</dl>'


def _turn(result: Mapping[str, Any]) -> Iterator[str]:
    turns = result["turns"]
    names = figures.answerers(turns)
    falls = {name: fall for name in names if (fall := waterfall.median_turn(turns, name))}
    until = 1.08 * max((fall.first_sound for fall in falls.values()), default=1.0)
    yield _note(
        "Recordings played in real time into the whole speaker. Zero is the end of the energy of speech in what goes "
        "in, the first sound the onset of what comes out. The first row is the wait for the end of the utterance, the "
        "last what the sound itself begins with; at the right stands how long each stage worked before the first sound."
    )
    yield _figures(
        *(
            _figure(waterfall.draw(f"waterfall-{n}", [fall], until=until), _in_vain(turns, name))
            for n, (name, fall) in enumerate(falls.items())
        ),
        None if falls else _nothing("No turn with spans and a first sound: nothing to draw."),
        _figure(figures.first_sounds(result), "Each dot is a turn; the line is p50, the dashed one p95."),
    )


def _in_vain(turns: Sequence[Mapping[str, Any]], answerer: str) -> str:
    own = waterfall.measured(turns, answerer)
    vain = sum(any(discarded for *_, discarded in turn["spans"]) for turn in own)
    if not vain:
        return "In no turn was anything prepared in vain."
    return f"Hatched: prepared for a reply that nobody heard, in {vain} of {len(own)} turns."


def _endpoint(result: Mapping[str, Any]) -> Iterator[str]:
    yield _note(
        "A short wait cuts people off, a long one keeps them waiting. The curve is what happens when all waits are "
        "stretched or shortened alike; towards the lower left is better."
    )
    yield _figures(
        _figure(figures.cut_off(result), "Lines: median (p50) and p95 of the wait. The ring is what is configured."),
        _figure(figures.pauses(result), "How often a pause inside an utterance was taken for its end, by its length."),
    )


def _wake(result: Mapping[str, Any]) -> Iterator[str]:
    word, patience, hours = result.get("word"), result.get("patience"), result.get("hours") or 0.0
    yield _note(
        f"“{word}”, {result.get('n')} recordings of it and {figures.duration(hours)} without it. Lower left is better."
    )
    words = f"A dot is a threshold, at a patience of {patience}; the ring is the one configured."
    if hours and result.get("curve") and not any(accepts for _, _, accepts in result["curve"]):
        words += (
            f" No threshold had a false accept: {figures.duration(hours)} cannot tell that from a rate of "
            f"{1 / hours:.2g} an hour. Give --negative a longer manifest."
        )
    yield _figures(_figure(figures.wake_curve(result), words))


_SECTIONS: Final[Mapping[str, Callable[[Mapping[str, Any]], Iterator[str]]]] = {
    "turn": _turn,
    "endpoint": _endpoint,
    "wake": _wake,
}


def _table(results: Results) -> str:
    rows = []
    for kind, result in results.items():
        name = f"{kind}<br/><span class='muted'>{escaped(str(result['engine']))}</span>" if "engine" in result else kind
        found = list(key_figures(kind, result)) or [("nothing", "")]
        for number, (what, value) in enumerate(found):
            head = f'<td class="kind" rowspan="{len(found)}">{name}</td>' if number == 0 else ""
            rows.append(f"<tr>{head}<td>{escaped(what)}</td><td>{escaped(value)}</td></tr>")
    head = "<tr><th>benchmark</th><th>what</th><th>figure</th></tr>"
    body = "".join(rows) or '<tr><td colspan="3">Nothing was measured.</td></tr>'
    return f'<div class="card"><table><thead>{head}</thead><tbody>{body}</tbody></table></div>'


def _figures(*parts: str | None) -> str:
    return f'<div class="pictures">{"".join(filter(None, parts))}</div>'


def _figure(plot: Plot | None, words: str) -> str:
    if plot is None:
        return _nothing("Nothing to draw: the result has no data for this picture.")
    return f"<figure>{plot.svg()}<figcaption>{escaped(words)}</figcaption></figure>"


def _nothing(words: str) -> str:
    return f'<figure><p class="muted">{escaped(words)}</p></figure>'


def _note(words: str) -> str:
    return f"<p>{escaped(words)}</p>"
