"""Mistakes in a settings file in the words of the file: what to write instead of what stands there. Pure."""

import re
from collections.abc import Mapping
from typing import Any

_PLACE = re.compile(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)", re.DOTALL)
_KEY = re.compile(r"\s*(?:\{\s*)?([A-Za-z0-9_.\"'-]+)\s*(=|:)?\s*(.*)")
_TYPOGRAPHIC = "\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb"

_WORDS = {
    "unclosed array": "a list has no ] at its end",
    "expected ']' at the end of a table declaration": "a header has no ] at its end",
    "expected ']]' at the end of an array declaration": "a header has no ]] at its end",
    "illegal character '\\n'": "a text has no quote at its end",
    "unterminated string": "a text has no quotes at its end",
    "invalid statement": "a line is a [section], key = value, or a comment that begins with #",
    "expected newline or end of document after a statement": "there is more in the line than a setting or a [section]",
    "expected '=' after a key in a key/value pair": "write a setting as: key = value",
}
"""Messages of tomllib, in the words of the documents."""

_TYPES = {
    "missing": "is missing",
    "string_pattern_mismatch": "must be a code of two or three small letters, like 'en'",
    "string_too_short": "must not be empty",
    "string_type": "must be a text in quotes",
    "path_type": "must be a path in quotes",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "finite_number": "must be a number",
}
"""Pydantic's types of mistakes whose own message is for programmers."""


def not_toml(message: str, text: str) -> tuple[int | None, str]:
    """The line and the mistake, for a message of tomllib about `text`. Never quotes a value: it can be a secret."""
    found = _PLACE.fullmatch(message)
    if found is None:
        return None, message
    what = found[1][:1].lower() + found[1][1:]
    if found[2] is None:
        return None, f"{_WORDS.get(what, what)} (found at the end of the file)"
    number = int(found[2])
    lines = text.splitlines()
    line = lines[min(number, len(lines)) - 1] if lines else ""
    return number, _about_line(what, line, text) or _WORDS.get(what, what)


def _about_line(what: str, line: str, text: str) -> str | None:
    """What to write instead of this line; None if only the message is known."""
    key, sign, value = _parts(line)
    if any(mark in line for mark in _TYPOGRAPHIC):
        return 'a text stands in straight quotes: "..."'
    if what.startswith("cannot declare"):
        header = line.partition("#")[0].strip()
        if f"[{header}]" in text:
            return f"write [{header}], as for the others"
        return f"the section {header} is there already: write its keys below one header"
    if what.startswith("cannot overwrite"):
        return f"{key or 'a key'} is set already: keep one of the two"
    if what.startswith("unescaped"):
        return "a text with \\ stands in single quotes: '...'"
    return _about_setting(what, key, sign, value) if key else None


def _about_setting(what: str, key: str, sign: str, value: str) -> str | None:
    if what.startswith("expected '=' after a key") and sign == ":":
        return f"write {key} = ..., with = instead of :" if value else f"write a section as [{key}]"
    if what.startswith(("invalid value", "expected newline")) and sign == "=":
        return _about_value(key, value)
    return None


def _about_value(key: str, value: str) -> str:
    plain = value.partition("#")[0].strip()
    if plain.lower() in {"true", "false", "yes", "no", "on", "off"}:
        return f"write {key} = true or {key} = false"
    if not plain:
        return f"{key} has no value: leave the line out for the default"
    if plain.startswith("="):
        return f"write {key} = ..., with one ="
    if plain[0] in "\"'":
        return f'one text only; several stand in a list: {key} = ["...", "..."]'
    if plain[0].isdigit():
        return f"{key}: a number has no unit and no leading zero, and a text stands in quotes"
    return f'a text stands in quotes: {key} = "..."'


def _parts(line: str) -> tuple[str, str, str]:
    found = _KEY.match(line)
    return (found[1], found[2] or "", found[3].strip()) if found else ("", "", "")


def in_words(found: Mapping[str, Any], place: str, *, is_table_list: bool) -> str:
    """What pydantic found wrong with the value at `place`; `is_table_list`: it takes [[sections]]."""
    kind = str(found["type"])
    if kind in {"dict_type", "model_type", "model_attributes_type"}:
        return f"must be a section: [{place}]"
    if kind == "list_type":
        return f"must be a list of sections: [[{place}]]" if is_table_list else "must be a list: [...]"
    if kind in _TYPES:
        return _TYPES[kind]
    message = str(found["msg"]).removeprefix("Value error, ")
    message = message[:1].lower() + message[1:]
    return re.sub(r"^(input|string|value|list|dictionary) should ", "must ", message)
