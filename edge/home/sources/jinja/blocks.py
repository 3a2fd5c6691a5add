"""The statements of templates: conditions, variables and loops."""

from collections.abc import Callable
from typing import Any, Final

from edge.home.sources.jinja.expressions import Expression, Expressions, Scope
from edge.home.sources.jinja.tokens import Piece, TemplateSyntaxError, Token
from edge.home.sources.jinja.values import Namespace, RenderError, as_text, items_of

Block = Callable[[Scope, list[str]], None]
"""Appends its output to a list."""

_MAX_BLOCKS: Final = 8
"""Blocks in each other."""

_ENDS: Final = ("elif", "else", "endif", "endfor", "endset")


class Blocks:
    """Parses the pieces of a template."""

    def __init__(self, pieces: list[Piece]) -> None:
        self._pieces = pieces
        self._at = 0
        self._levels = 0

    def all(self) -> Block:
        """The whole template. Raises `TemplateSyntaxError`."""
        block, end = self._next()
        if end is not None:
            raise TemplateSyntaxError(f"'{end.name()}' has no place here")
        return block

    def _until(self, *ends: str) -> tuple[Block, Expressions]:
        """The pieces up to one of the tags `ends`, and that tag."""
        block, end = self._next()
        if end is None or not end.peek(*ends):
            raise TemplateSyntaxError(f"'{ends[-1]}' is missing")
        return block, end

    def _next(self) -> tuple[Block, Expressions | None]:
        """The pieces up to the next end of a block, and its tag; None at the end of the template."""
        self._levels += 1
        if self._levels > _MAX_BLOCKS:
            raise TemplateSyntaxError("it is too deep")
        found: list[Block] = []
        end = None
        while end is None and self._at < len(self._pieces):
            kind, content = self._pieces[self._at]
            self._at += 1
            if isinstance(content, str):
                found.append(_written(content))
            elif kind == "{":
                found.append(self._printed(content))
            else:
                tag = self._expressions(content)
                if tag.peek(*_ENDS):
                    end = tag
                else:
                    found.append(self._statement(tag))
        self._levels -= 1
        return _in_order(found), end

    def _expressions(self, tokens: list[Token]) -> Expressions:
        return Expressions(tokens, self._levels)

    def _printed(self, tokens: list[Token]) -> Block:
        parser = self._expressions(tokens)
        value = parser.several()
        parser.done()
        return lambda scope, out: out.append(as_text(value(scope), scope.budget))

    def _statement(self, tag: Expressions) -> Block:
        match tag.name():
            case "if":
                return self._condition(tag)
            case "for":
                return self._loop(tag)
            case "set":
                return self._variable(tag)
            case name:
                raise TemplateSyntaxError(f"the tag '{name[:40]}' is not supported")

    def _condition(self, tag: Expressions) -> Block:
        branches: list[tuple[Expression, Block]] = []
        while True:
            condition = tag.any()
            tag.done()
            block, tag = self._until("elif", "else", "endif")
            branches.append((condition, block))
            if not tag.take("elif"):
                break
        otherwise = self._until("endif")[0] if tag.take("else") else None

        def run(scope: Scope, out: list[str]) -> None:
            for condition, block in branches:
                scope.budget.spend(1)
                if condition(scope):
                    block(scope, out)
                    return
            if otherwise is not None:
                otherwise(scope, out)

        return run

    def _variable(self, tag: Expressions) -> Block:
        names = [tag.name()]
        if tag.take("."):
            names.append(tag.name())
        if tag.take("="):
            value = tag.several()
            tag.done()
            return lambda scope, _: _assign(scope, names, value(scope))
        tag.done()
        block, _ = self._until("endset")

        def run(scope: Scope, _: list[str]) -> None:
            inner: list[str] = []
            block(scope, inner)
            _assign(scope, names, scope.budget.text("".join(inner)))

        return run

    def _loop(self, tag: Expressions) -> Block:
        names = [tag.name()]
        while tag.take(","):
            names.append(tag.name())
        tag.expect("in")
        values = tag.several()
        tag.done()
        block, end = self._until("else", "endfor")
        otherwise = self._until("endfor")[0] if end.take("else") else None

        def run(scope: Scope, out: list[str]) -> None:
            members = items_of(values(scope), scope.budget)
            for at, member in enumerate(members):
                variables = dict(scope.variables)
                scope.budget.spend(1 + len(variables))
                variables["loop"] = {
                    "index": at + 1,
                    "index0": at,
                    "first": at == 0,
                    "last": at == len(members) - 1,
                    "length": len(members),
                }
                variables |= _unpacked(names, member)
                block(Scope(variables, scope.budget), out)
            if otherwise is not None and not members:
                otherwise(scope, out)

        return run


def _written(text: str) -> Block:
    def run(scope: Scope, out: list[str]) -> None:
        out.append(scope.budget.text(text))

    return run


def _in_order(blocks: list[Block]) -> Block:
    def run(scope: Scope, out: list[str]) -> None:
        for block in blocks:
            block(scope, out)

    return run


def _unpacked(names: list[str], value: Any) -> dict[str, Any]:
    if len(names) == 1:
        return {names[0]: value}
    if not isinstance(value, list | tuple) or len(value) != len(names):
        raise RenderError("an item of a loop has not as many parts as names")
    return dict(zip(names, value, strict=True))


def _assign(scope: Scope, names: list[str], value: Any) -> None:
    scope.budget.spend(1)
    if len(names) == 1:
        scope.variables[names[0]] = value
        return
    target = scope.variables.get(names[0])
    if not isinstance(target, Namespace):
        raise RenderError(f"'{names[0][:40]}' is no namespace")
    target[names[1]] = value
