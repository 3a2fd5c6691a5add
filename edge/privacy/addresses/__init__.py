"""Finds street addresses with house numbers, as many countries write them. Pure.

`streets` finds a street with its number, `postcodes` a postcode with the names before it, and `surroundings` what
belongs to either: the flat before it, and the postcode and the town behind it.
"""

from collections.abc import Iterator, Sequence

from edge.nlu.privacy import Found, PrivacyRules, ValueKind
from edge.nlu.tokens import Token
from edge.privacy.addresses.postcodes import before_postcode
from edge.privacy.addresses.streets import street_at
from edge.privacy.addresses.surroundings import with_house, with_town
from edge.privacy.addresses.units import unit_at
from edge.privacy.addresses.view import AddressText
from edge.privacy.addresses.words import is_public


def addresses(tokens: Sequence[Token], rules: PrivacyRules) -> Iterator[Found]:
    """The street addresses among the tokens of a text; they may overlap."""
    text = AddressText(tokens, rules)
    done = 0
    for at in range(len(tokens)):
        if at < done:
            continue
        span = street_at(text, at)
        if span is not None and is_public(tuple(token.text for token in tokens[span[0] : span[1]])):
            done = span[1]
            continue
        span = span or unit_at(text, at, done)
        if span is not None:
            first, last = with_house(text, span[0], done), with_town(text, span[1])
            done = last
            yield Found(ValueKind.ADDRESS, tokens[first].start, tokens[last - 1].end)
    for first, last in before_postcode(text):
        yield Found(ValueKind.ADDRESS, tokens[first].start, tokens[last - 1].end)
