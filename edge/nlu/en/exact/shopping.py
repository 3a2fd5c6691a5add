"""Sums of shops and restaurants: prices each, bills that are split, tips, taxes, discounts, change. Pure."""

import re
from typing import Final

from edge.events import Intent
from edge.nlu.en.exact.frames import Frame, calculate, frame, part, price
from edge.nlu.en.exact.parts import Part, in_brackets
from edge.nlu.en.exact.tokens import NUMBER

_PEOPLE = (
    r"(?:people|persons|friends|guests|diners|adults|kids|children|ways|of us|of them|of you|housemates|flatmates"
    r"|colleagues|roommates|parts)"
)
_AMONG = r"(?:between|among|amongst|by|with|into|in|across)"
_PAYS = (
    r"(?:,? ?(?:how much|what) (?:does|do|would|will|is|should)(?: we| they| it| that)? ?(?:each|every|each one)?"
    r"(?: (?:person|one|of us|of them|people|friend|individual))?(?: (?:have to|need to|each))? ?(?:pay|owe|get"
    r"|cost|come to"
    r"|have|chip in|put in|give|each)?(?: each)?)"
)
_TAX = r"(?:vat|sales tax|tax|gst|tip|gratuity|service charge|service|commission|interest)"
_COUNT = rf"(?P<count>{NUMBER})"
_MORE = rf"(?: (?:with|plus|including|and|adding)(?: an?)? (?P<more>{NUMBER}) percent(?: {_TAX})?)?"


def _priced(notation: str, said: str, *parts: Part, each: bool = False) -> Intent:
    """A sum of money, also where no currency was named."""
    return calculate(notation, said, *parts, each=each, form="" if any(it.money for it in parts) else "price")


def _shared(match: re.Match[str]) -> Intent | None:
    if match[0].startswith("divid") and not re.search(rf"\b{_PEOPLE}\b|\b(?:each|pay|bill)\b|[$£€]", match[0]):
        return None
    bill, count, more = _bill(match["bill"]), part(match["count"]), match.groupdict().get("more")
    total, said = bill.notation, bill.said
    if more:
        total, said = f"{in_brackets(bill)} + {more}%", f"{said} plus {more}%"
    return _priced(f"({total}) / {count.notation}", f"{said} divided by {count.said}", bill, each=True)


def _bill(text: str) -> Part:
    """The amount of a bill, which may be named before or behind it: "a 96 dollar bill"."""
    text = re.sub(r"^(?:a|an|the|our|my|this) ", "", text)
    text = re.sub(r" (?:bill|check|meal|dinner|tab|invoice|lunch)$", "", text)
    return price(re.sub(r"^(?:bill|check|total|meal|sum|cost|dinner|restaurant bill)(?: of| for| that is)? ", "", text))


def _each(match: re.Match[str]) -> Intent | None:
    count, cost = part(match["count"]), price(match["price"])
    return _priced(f"{in_brackets(count)} * {in_brackets(cost)}", f"{count.said} times {cost.said}", cost)


def _by_one(match: re.Match[str]) -> Intent | None:
    """From the price of some to the price of others: "if 3 cost 12 dollars how much do 5 cost"."""
    few, cost, count = part(match["few"].strip() or "1"), price(match["price"]), part(match["count"])
    notation = f"{in_brackets(count)} * {in_brackets(cost)} / {in_brackets(few)}"
    said = f"{count.said} times {cost.said}" + ("" if few.notation == "1" else f" divided by {few.said}")
    return _priced(notation, said, cost)


def _change(match: re.Match[str]) -> Intent | None:
    paid, cost = price(match["paid"]), price(match["price"])
    return _priced(f"{in_brackets(paid)} - {in_brackets(cost)}", f"{paid.said} minus {cost.said}", paid, cost)


def _tip(match: re.Match[str]) -> Intent | None:
    bill, rate = price(match["bill"]), part(match["rate"])
    return _priced(f"{in_brackets(rate)}% * {in_brackets(bill)}", f"{rate.said}% of {bill.said}", bill)


def _with_tax(match: re.Match[str]) -> Intent | None:
    bill, rate = _bill(match["bill"]), part(match["rate"])
    return _priced(f"{in_brackets(bill)} + {in_brackets(rate)}%", f"{bill.said} plus {rate.said}%", bill)


def _before_tax(match: re.Match[str]) -> Intent | None:
    bill, rate = price(match["bill"]), part(match["rate"])
    notation = f"{in_brackets(bill)} / (1 + {in_brackets(rate)}%)"
    return _priced(notation, f"{bill.said} without the {rate.said}% it includes", bill)


def _discounted(match: re.Match[str]) -> Intent | None:
    whole, rate = price(match["bill"]), part(match["rate"])
    return _priced(f"{in_brackets(whole)} - {in_brackets(rate)}%", f"{rate.said}% off {whole.said}", whole)


def _without_rate(match: re.Match[str]) -> Intent | None:
    price(match["bill"])
    return Intent("EdgeCannotCompute", {"why": "rate-missing"})


def _interest(match: re.Match[str]) -> Intent | None:
    sum_, rate, years = part(match["sum"]), part(match["rate"]), part(match["years"])
    said = f"the {(match['kind'] or 'simple').strip()} interest on {sum_.said} at {rate.said}% for {years.said} years"
    growth = f"(1 + {in_brackets(rate)}%)^{in_brackets(years)} - 1"
    if (match["kind"] or "").strip() != "compound":
        growth = f"{in_brackets(rate)}% * {in_brackets(years)}"
    return _priced(f"{in_brackets(sum_)} * ({growth})", said, sum_)


_HOW = (
    r"(?:(?:how much|what)(?:'s| is| are| do| does| would| will| did)?(?: (?:it|they|i|we))?(?: (?:cost|pay"
    r"|be|have to pay))? )?"
)
_RATE = rf"(?P<rate>{NUMBER}) percent"
_THING = r"something|it|that|this|(?:an?|the|my|these|those) (?:\w+ ){0,2}?\w+"
_OF_ONE = r"(?:each|apiece|a piece|per (?:piece|item|person|unit|head|one)|every one)"
_SHARE = r"(?:split|divide|share|splitting|dividing|sharing)"

SHOPPING: Final[tuple[Frame, ...]] = (
    frame(
        rf"(?:the )?(?:total cost|total|cost|price|bill)(?: if (?:i|we) (?:buy|get|order|have)| for| of| is) {_COUNT}"
        rf"(?: \w+){{0,3}}? (?:at|for) (?P<price>.+?) {_OF_ONE}",
        _each,
    ),
    frame(
        rf"{_HOW}(?:pay )?(?:for )?(?:an? |the )?(?P<bill>{NUMBER} (?:dollar|pound|euro)s?)(?: \w+){{0,2}}?"
        rf" (?:at|with|after)"
        rf"(?: an?)? {_RATE} (?:off|discount|reduction)",
        _discounted,
    ),
    frame(rf"add(?: on)?(?: an?)? {_TAX} (?:at|of) {_RATE} (?:to|on) (?P<bill>.+)", _with_tax),
    frame(
        r"if (?:i|we|you|someone) (?:have|has|had|start with) (?P<paid>[\d.]+(?: \w+)?),? (?:and|then|but)?(?:"
        r" (?:i|we|you|they))?"
        r" ?(?:spend|spent|eat|lose|lost|use|used|sell|sold|give away|give|gave away|take away)"
        r" (?P<price>[\d.]+)(?: \w+)?,?"
        r" how (?:many|much)\b.*\b(?:left|have|remain\w*)\b.*",
        _change,
    ),
    frame(
        rf"(?:if )?(?:{_THING}) (?:costs?|is|are|was|cost) (?P<bill>.+?),? (?:and|but|with)(?: (?:it's|it is"
        rf"|they're|there's"
        rf"|there is|it has|i get|we get|you get|has|is))?(?: an?)? {_RATE} (?:off|discount|reduced|cheaper|less)"
        r"(?: it)?,? (?:how much|what)\b.+",
        _discounted,
    ),
    frame(
        rf"(?:if )?(?:something|it|that|this|a \w+) (?:is|was) {_RATE} off (?P<bill>.+?),? how much (?:is"
        rf"|does) .*",
        _discounted,
    ),
    frame(
        rf"(?:if )?(?:i|we) (?:buy|bought|want|order|ordered|need) {_COUNT}(?: \w+){{0,3}}? (?:at|for)"
        rf" (?P<price>.+?) {_OF_ONE},?"
        r" (?:how much|what) .*",
        _each,
    ),
    frame(rf"{_SHARE} (?P<bill>.+?)(?: evenly| equally)? {_AMONG} {_COUNT}(?: {_PEOPLE})?{_MORE}{_PAYS}?", _shared),
    frame(rf"{_SHARE} (?P<bill>.+?) {_COUNT} ways{_MORE}{_PAYS}?", _shared),
    frame(
        rf"{_SHARE} (?P<bill>.+?) (?:with|plus|including)(?: an?)? (?P<more>{NUMBER}) percent(?: {_TAX})?"
        rf" (?:{_AMONG} )?{_COUNT}(?: {_PEOPLE})?{_PAYS}?",
        _shared,
    ),
    frame(
        rf"(?:if )?{_COUNT} (?:{_PEOPLE} )?(?:{_SHARE}|shared|are splitting|are sharing|go halves on|pay for)"
        rf" (?P<bill>.+?){_MORE}(?: equally| evenly)?{_PAYS}",
        _shared,
    ),
    frame(
        rf"(?:how much|what) (?:does|do|would|will|should|is) (?:each|every)(?: person| of us| one| friend)?(?: of)?"
        rf" (?:pay|owe|get|have to pay|share)? ?(?:if|when|for) {_COUNT} (?:{_PEOPLE} )?(?:{_SHARE}|shared|sharing)"
        rf" (?P<bill>.+?){_MORE}(?: equally| evenly)?",
        _shared,
    ),
    frame(
        rf"(?P<bill>.+?) (?:split|divided|shared|split up)(?: evenly| equally)? {_AMONG} {_COUNT}(?: {_PEOPLE}){_MORE}",
        _shared,
    ),
    frame(rf"(?P<bill>.+?) split {_COUNT} ways{_MORE}", _shared),
    frame(rf"{_HOW}{_COUNT}(?: \w+){{0,3}}?(?: cost)? (?:at|for|costing) (?P<price>.+?) {_OF_ONE}(?: cost)?", _each),
    frame(rf"{_HOW}{_COUNT} (?:\w+ ){{0,3}}?cost (?:at|for|if \w+ (?:is|costs?)) (?P<price>.+?)(?: {_OF_ONE})?", _each),
    frame(rf"{_COUNT} times (?P<price>\d+ \d\d)", _each),
    frame(
        rf"(?:if )?(?:a |an )?(?P<few>{NUMBER} |)(?:[a-z]+ ){{0,2}}?(?:costs?|is|are) (?P<price>.+?),?"
        rf" (?:how much|what) (?:do|does|would|will|is|are|for) {_COUNT}(?: \w+){{0,2}}?(?: cost| be)?",
        _by_one,
    ),
    frame(
        r"(?:how much |what )?(?:'s |is )?(?:the |my )?change (?:do i get |should i get |will i get |would i get |is "
        r"|do i get back )?(?:back )?(?:from|out of|for) (?:an? )?(?P<paid>.+?)"
        r" (?:if (?:it|i|they|the \w+|\w+) (?:costs?|comes? to|is|spend|spent|pay|paid)|for|when it costs|minus|on)"
        r" (?P<price>.+)",
        _change,
    ),
    frame(
        r"(?:if )?(?:i|we) (?:pay|paid|give them|gave them|hand over|handed over) (?:with )?(?:an? )?(?P<paid>.+?)"
        r" (?:note )?for"
        r" (?:\D*? )?(?P<price>[\d.]+(?: \d+)?(?: [a-z]+)?),? (?:how much|what)(?:'s| is)?(?: my| the)? change.*",
        _change,
    ),
    frame(
        rf"{_HOW}(?:should (?:i|we) )?(?:the |a )?{_TAX} (?:on|for|of) (?P<bill>.+?) (?:at|with|of|if it's) {_RATE}",
        _tip,
    ),
    frame(
        rf"(?:if |when )?(?:{_THING}|dinner|lunch|breakfast|brunch|drinks) (?:costs?|is|was|comes? to|came to)"
        rf" (?P<bill>.+?),? and (?:i|we|you) (?:tip|leave|add|give)(?: an?)? {_RATE}(?: {_TAX})?,? (?:what|how"
        rf" much)\b.+",
        _with_tax,
    ),
    frame(
        rf"(?:how much|what) {_TAX} (?:is there|do i pay|do i owe|would i pay|should i (?:give|leave|pay)|is)"
        rf" (?:on|for|of) (?P<bill>.+?) (?:at|with|if it's) {_RATE}(?: {_TAX})?",
        _tip,
    ),
    frame(
        rf"(?:how much|what) (?:is )?{_RATE} {_TAX} (?:is there )?(?:on|for|of) (?P<bill>.+)",
        _tip,
    ),
    frame(rf"{_HOW}(?:a |an )?{_RATE} {_TAX} (?:on|for|of) (?P<bill>.+)", _tip),
    frame(
        rf"{_HOW}(?:the )?total (?:of|for|on) (?P<bill>.+?) (?:with|plus|including)(?: an?)? {_RATE}(?: {_TAX})?",
        _with_tax,
    ),
    frame(
        rf"(?P<bill>.+?) (?:including|with|incl)(?: an?)? {_RATE} {_TAX},? (?:without|before|excluding|minus|less)"
        rf"(?: the)? {_TAX}",
        _before_tax,
    ),
    frame(rf"(?P<bill>.+?) (?:including|with|plus)(?: an?)? {_RATE} {_TAX}", _with_tax),
    frame(rf"(?P<bill>.+?) (?:plus|with|including) (?:{_TAX}) (?:at|of) {_RATE}", _with_tax),
    frame(
        r"(?:what|how much)(?: change)? (?:do|will|would|should) (?:i|we|you) get (?:back )?(?:from|out of|for|of)"
        r"(?: an?)?"
        r" (?P<paid>.+?),? (?:if|when) (?:i|we|you|it) (?:spend|spent|pay|paid|costs?) (?P<price>[\d.]+(?: \d+)?"
        r"(?: [a-z]+)?)",
        _change,
    ),
    frame(
        rf"(?:the )?price (?:before|without|excluding) {_RATE}(?: {_TAX})?"
        rf" (?:if|when) (?:it's|it is|it costs|the price is) (?P<bill>.+?)(?: (?:with|including) {_TAX})?",
        _before_tax,
    ),
    frame(
        rf"(?P<bill>.+?) (?:without|excluding|before|net of|less the) {_RATE} (?:vat|tax|sales tax|gst)", _before_tax
    ),
    frame(rf"(?:a |an )?{_RATE} (?:discount|reduction|sale) (?:on|of|for|off) (?P<bill>.+)", _discounted),
    frame(
        rf"(?P<bill>.+?) (?:with|at|after|minus|less|reduced by|discounted by)(?: an?)? {_RATE}"
        r"(?: (?:off|discount|reduction|less|sale))?",
        _discounted,
    ),
    frame(
        rf"(?:how much|what) (?:do|would|will|can) (?:i|we|you) save (?:with|at|on|if (?:it|there)'s)(?: an?)? {_RATE}"
        r"(?: (?:off|discount))?(?: on| of| off)? (?P<bill>.+)",
        _tip,
    ),
    frame(
        rf"(?:the )?(?:(?P<kind>simple|compound|yearly|annual) )?interest (?:on|for|of) (?P<sum>.+?) (?:at|with)"
        rf" {_RATE}"
        rf"(?: (?:simple |compound )?interest)?(?: a year| per year| annually| yearly| per annum)?"
        rf" (?:for|over|after) (?P<years>{NUMBER}) years?",
        _interest,
    ),
    frame(
        rf"(?P<sum>.+?) (?:at|with) {_RATE} (?P<kind>simple |compound )?interest"
        rf"(?: a year| per year| annually)? (?:for|over|after) (?P<years>{NUMBER}) years?",
        _interest,
    ),
    frame(rf"{_HOW}(?:should (?:i|we) )?(?:the |a )?{_TAX} (?:on|for|of) (?P<bill>.+)", _without_rate),
    frame(rf"(?P<bill>\d.*?) (?:plus|with|including|without|minus) {_TAX}", _without_rate),
)
"""The more exact sentences come first."""
