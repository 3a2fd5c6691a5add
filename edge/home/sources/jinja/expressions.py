"""The expressions of templates, compiled to functions.

Language: https://jinja.palletsprojects.com/en/stable/templates/#expressions.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeVar

from edge.home.sources.jinja.functions import FILTERS, FUNCTIONS
from edge.home.sources.jinja.methods import METHODS, TESTS
from edge.home.sources.jinja.tokens import Cursor, TemplateSyntaxError, Token, unescaped
from edge.home.sources.jinja.values import (
    ADDITIONS,
    COMPARISONS,
    JOINS,
    POWERS,
    PRODUCTS,
    Budget,
    Operator,
    RenderError,
    Undefined,
    attribute,
    negative,
    part,
)

_MAX_LEVELS: Final = 20
"""Brackets, conditions and blocks in each other: each level costs about 20 levels of Python's stack."""

_MAX_POSTFIXES: Final = 32
_CONSTANTS: Final = {"true": True, "false": False, "none": None, "True": True, "False": False, "None": None}
_WORDS: Final = frozenset({"and", "or", "not", "in", "is", "if", "else"})

Member = TypeVar("Member")


class Scope:
    """The variables and the budget of one rendering."""

    __slots__ = ("budget", "variables")

    def __init__(self, variables: dict[str, Any], budget: Budget) -> None:
        self.variables = variables
        self.budget = budget


Expression = Callable[[Scope], Any]


Arguments = Callable[[Scope], tuple[list[Any], dict[str, Any]]]


class Expressions(Cursor):
    """Parses the tokens of one tag; the order of the methods is that of precedence, loosest first."""

    def __init__(self, tokens: Sequence[Token], levels: int) -> None:
        """`levels` is the number of blocks around the tag."""
        super().__init__(tokens)
        self._levels = levels

    def several(self, close: str = "") -> Expression:
        """An expression, or a tuple of expressions with commas between them."""
        first = self.any()
        if not self.peek(","):
            return first
        members = [first]
        while self.take(",") and not (close and self.peek(close)) and self.tokens[self.at][0] != "end":
            members.append(self.any())
        return lambda scope: _listed(members, scope, tuple)

    def any(self) -> Expression:
        """An expression."""
        self._levels += 1
        if self._levels > _MAX_LEVELS:
            raise TemplateSyntaxError("it is too deep")
        value = self._either()
        while self.take("if"):
            value = self._conditional(value)
        self._levels -= 1
        return value

    def _conditional(self, yes: Expression) -> Expression:
        condition = self._either()
        if not self.take("else"):
            return lambda scope: yes(scope) if condition(scope) else Undefined("else")
        no = self.any()
        return lambda scope: yes(scope) if condition(scope) else no(scope)

    def _either(self) -> Expression:
        return self._logical("or", lambda: self._logical("and", self._negated))

    def _logical(self, word: str, operand: Callable[[], Expression]) -> Expression:
        members = [operand()]
        while self.take(word):
            members.append(operand())
        if len(members) == 1:
            return members[0]
        stop = word == "or"

        def run(scope: Scope) -> Any:
            value = None
            for member in members:
                scope.budget.spend(1)
                value = member(scope)
                if bool(value) is stop:
                    return value
            return value

        return run

    def _negated(self) -> Expression:
        negations = 0
        while self.take("not"):
            negations += 1
        value = self._compared()
        if not negations:
            return value
        odd = bool(negations % 2)
        return lambda scope: bool(value(scope)) is not odd

    def _compared(self) -> Expression:
        first = self._sum()
        rest: list[tuple[Operator, Expression]] = []
        while (sign := self._comparison()) is not None:
            rest.append((COMPARISONS[sign], self._sum()))
        if not rest:
            return first

        def run(scope: Scope) -> bool:
            left = first(scope)
            for compare, node in rest:
                right = node(scope)
                if not compare(left, right, scope.budget):
                    return False
                left = right
            return True

        return run

    def _comparison(self) -> str | None:
        sign = self.tokens[self.at][1] if self.peek(*COMPARISONS) else None
        if sign is None and self.peek("not") and self.tokens[self.at + 1] == ("name", "in"):
            self.at, sign = self.at + 1, "not in"
        self.at += sign is not None
        return sign

    def _sum(self) -> Expression:
        return self._chain(ADDITIONS, lambda: self._chain(JOINS, lambda: self._chain(PRODUCTS, self._power)))

    def _power(self) -> Expression:
        return self._chain(POWERS, self._signed)

    def _chain(self, signs: Mapping[str, Operator], operand: Callable[[], Expression]) -> Expression:
        first = operand()
        rest: list[tuple[Operator, Expression]] = []
        while self.peek(*signs):
            apply = signs[self.tokens[self.at][1]]
            self.at += 1
            rest.append((apply, operand()))
        if not rest:
            return first

        def run(scope: Scope) -> Any:
            value = first(scope)
            for apply, node in rest:
                scope.budget.spend(1)
                value = apply(value, node(scope), scope.budget)
            return value

        return run

    def _signed(self) -> Expression:
        minus, signs = 0, 0
        while self.peek("-", "+"):
            signs += 1
            minus += self.take("-") or not self.take("+")
        value = self._postfix(filters=not signs)
        if minus:
            plain, odd = value, minus % 2
            value = lambda scope: negative(plain(scope)) if odd else plain(scope)  # noqa: E731 - one of two forms
        return self._filtered(value) if signs else value

    def _postfix(self, *, filters: bool) -> Expression:
        value = self._primary()
        for _ in range(_MAX_POSTFIXES):
            if self.take("."):
                value = self._member(value)
            elif self.take("["):
                value = self._subscript(value)
            elif self.peek("("):
                raise TemplateSyntaxError("only functions and methods are called")
            else:
                return self._filtered(value) if filters else value
        raise TemplateSyntaxError("it is too deep")

    def _filtered(self, value: Expression) -> Expression:
        steps: list[Expression | tuple[str, str, Any, bool]] = []
        while self.peek("|", "is"):
            if self.take("|"):
                steps.append(("filter", self.name(), self._arguments() if self.peek("(") else None, False))
            else:
                self.expect("is")
                negated = self.take("not")
                steps.append(("test", self.name(), self._test_arguments(), negated))
        if not steps:
            return value

        def run(scope: Scope) -> Any:
            result = value(scope)
            for kind, name, arguments, negated in steps:  # type: ignore[misc]  # all are tuples
                scope.budget.spend(1)
                found = (FILTERS if kind == "filter" else TESTS).get(name)
                if found is None:
                    raise RenderError(f"the {kind} '{name[:40]}' is unknown")
                given, named = arguments(scope) if arguments else ((), {})
                result = found(scope.budget, result, *given, **named)
                result = not result if negated else result
            return result

        return run

    def _test_arguments(self) -> Any:
        if self.peek("("):
            return self._arguments()
        kind, text = self.tokens[self.at]
        if (
            kind in {"number", "text"}
            or (kind == "name" and text not in _WORDS)
            or (kind == "sign" and text in {"[", "{"})
        ):
            value = self._postfix(filters=False)
            return lambda scope: ((value(scope),), {})
        return None

    def _member(self, value: Expression) -> Expression:
        kind, text = self.tokens[self.at]
        if kind not in {"name", "number"}:
            raise TemplateSyntaxError("a name is missing after '.'")
        self.at += 1
        if not self.peek("("):
            key = int(text) if kind == "number" and text.isdecimal() else text
            return lambda scope: attribute(value(scope), key)
        arguments = self._arguments()

        def run(scope: Scope) -> Any:
            scope.budget.spend(1)
            target = value(scope)
            found = next((methods[text] for of, methods in METHODS if isinstance(target, of) and text in methods), None)
            if found is None:
                raise RenderError(f"the method '{text[:40]}' is unknown")
            given, named = arguments(scope)
            return found(scope.budget, target, *given, **named)

        return run

    def _subscript(self, value: Expression) -> Expression:
        bounds: list[Expression | None] = [None if self.peek(":", "]") else self.any()]
        while self.take(":"):
            bounds.append(None if self.peek(":", "]") else self.any())
        self.expect("]")
        first = bounds[0]
        if len(bounds) == 1 and first is not None:
            return lambda scope: attribute(value(scope), first(scope))
        if len(bounds) not in {2, 3}:
            raise TemplateSyntaxError("'[]' has nothing in it")
        ends = [*bounds, None][:3]
        return lambda scope: part(value(scope), [end and end(scope) for end in ends], scope.budget)

    def _arguments(self) -> Arguments:
        self.expect("(")
        given: list[Expression] = []
        named: dict[str, Expression] = {}
        while not self.take(")"):
            if self.tokens[self.at][0] == "name" and self.tokens[self.at + 1] == ("sign", "="):
                name = self.name()
                self.expect("=")
                named[name] = self.any()
            else:
                given.append(self.any())
            if not self.peek(")"):
                self.expect(",")
        return lambda scope: ([node(scope) for node in given], {name: node(scope) for name, node in named.items()})

    def _primary(self) -> Expression:
        kind, text = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            number = int(text, 0) if text[:2] in {"0x", "0X"} else int(text) if text.isdecimal() else float(text)
            return lambda _: number
        if kind == "text":
            value = unescaped(text)
            return lambda _: value
        if kind == "name" and text not in _WORDS:
            return self._named(text)
        if text == "(" and kind == "sign":
            inner = (lambda _: ()) if self.peek(")") else self.several(")")
            self.expect(")")
            return inner
        if text == "[" and kind == "sign":
            members = self._members("]", self.any)
            return lambda scope: _listed(members, scope, list)
        if text == "{" and kind == "sign":
            pairs = self._members("}", self._pair)
            return lambda scope: _object(pairs, scope)
        raise TemplateSyntaxError(f"a value is missing before '{text[:40]}'")

    def _named(self, name: str) -> Expression:
        if name in _CONSTANTS:
            constant = _CONSTANTS[name]
            return lambda _: constant
        if not self.peek("("):
            return lambda scope: scope.variables[name] if name in scope.variables else Undefined(name)
        arguments = self._arguments()

        def run(scope: Scope) -> Any:
            scope.budget.spend(1)
            if name not in FUNCTIONS:
                raise RenderError(f"the function '{name[:40]}' is unknown")
            given, named = arguments(scope)
            return FUNCTIONS[name](scope.budget, *given, **named)

        return run

    def _pair(self) -> tuple[Expression, Expression]:
        key = self.any()
        self.expect(":")
        return key, self.any()

    def _members(self, close: str, member: Callable[[], Member]) -> list[Member]:
        found: list[Member] = []
        while not self.take(close):
            found.append(member())
            if not self.peek(close):
                self.expect(",")
        return found


def _listed(members: Sequence[Expression], scope: Scope, kind: Callable[[list[Any]], Any]) -> Any:
    values = [member(scope) for member in members]
    scope.budget.parts(values)
    return kind(values)


def _object(pairs: Sequence[tuple[Expression, Expression]], scope: Scope) -> dict[Any, Any]:
    values = {key(scope): value(scope) for key, value in pairs}
    scope.budget.parts(values)
    return values
