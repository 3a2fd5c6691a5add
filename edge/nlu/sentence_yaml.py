"""YAML of sentence files: values as they are written, and no key twice."""

import re
from typing import Any

import yaml

_NUMBER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_OTHER_TYPES = {"tag:yaml.org,2002:int", "tag:yaml.org,2002:timestamp"}


class _Loader(yaml.SafeLoader):
    """YAML 1.1 without its traps: `0042` is no octal number, `12:30` no number of base 60, and no text is a date."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        """A table. Raises `yaml.YAMLError` for a key that is there twice: the first one would be lost."""
        lines: dict[str, int] = {}
        for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
            if not isinstance(key, yaml.ScalarNode) or key.tag == "tag:yaml.org,2002:merge":
                continue
            line = key.start_mark.line + 1
            if key.value in lines:
                message = f"line {line}: {key.value!r} is also in line {lines[key.value]}: merge the two"
                raise yaml.YAMLError(message)
            lines[key.value] = line
        return super().construct_mapping(node, deep)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _OTHER_TYPES]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(rf"^{_NUMBER.pattern}$"), list("-+0123456789"))


def read_sentence_yaml(text: str) -> Any:
    """The content of a sentence file. A number with leading zeros, a time and a date are texts.

    Raises `yaml.YAMLError`, also for a key that is there twice, or `RecursionError`.
    """
    return yaml.load(text, _Loader)  # noqa: S506 - a safe loader
