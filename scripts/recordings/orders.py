"""The recordings of `edge/bench/orders`: what is said at a counter."""

from scripts.recordings.take import Take


def order(name: str, text: str, intent: str, how: tuple[str, float, float], /, **slots: str | int) -> Take:
    """An order at the counter; `how`: voice, speed, pitch."""
    voice, speed, pitch = how
    return Take(name, text, voice, speed, pitch, lead_ms=350, tail_ms=350, extra={"intent": intent, "slots": slots})


ORDERS = (
    order(
        "two-croissants", "Give me two croissants, please.", "orderBread", ("heart", 1, 1), count=2, bread="croissant"
    ),
    order(
        "poppy-roll",
        "I'd like a large poppy seed roll with cream cheese to go.",
        "orderBread",
        ("joe", 1, 1),
        size="large",
        bread="poppy seed roll",
        spread="cream cheese",
        where="away",
    ),
    order(
        "bagels",
        "Can I have twelve small bagels with butter?",
        "orderBread",
        ("heart", 1.1, 0.9),
        count=12,
        size="small",
        bread="bagel",
        spread="butter",
    ),
    order(
        "cinnamon-buns",
        "I'll take twenty four cinnamon buns to take away.",
        "orderBread",
        ("heart", 0.95, 1.08),
        count=24,
        bread="cinnamon bun",
        where="away",
    ),
    order("sourdough", "Get me a sourdough loaf.", "orderBread", ("joe", 1.1, 0.95), bread="sourdough"),
    order(
        "rye",
        "Could I get a small rye bread with honey for here?",
        "orderBread",
        ("heart", 1.05, 1),
        size="small",
        bread="rye bread",
        spread="honey",
        where="here",
    ),
    order(
        "croissant-jam",
        "I'd like a croissant with raspberry jam.",
        "orderBread",
        ("joe", 0.95, 1.05),
        bread="croissant",
        spread="raspberry jam",
    ),
    order("price-buns", "How much are the cinnamon buns?", "askPrice", ("heart", 1, 0.88), bread="cinnamon bun"),
    order(
        "price-roll",
        "What does a large poppy seed roll cost?",
        "askPrice",
        ("joe", 1, 0.92),
        size="large",
        bread="poppy seed roll",
    ),
    order("cancel", "Cancel my order, please.", "cancelOrder", ("heart", 1, 1.05)),
)
_NO_ORDERS = (
    ("opening", "I'd like to know when you open tomorrow.", "heart"),
    ("minute", "Give me a minute to think about it.", "joe"),
    ("ticket", "How much is a ticket to the museum?", "heart"),
    ("smell", "The croissants smell wonderful today.", "joe"),
)
NO_ORDERS = tuple(Take(n, t, voice=v, lead_ms=350, tail_ms=350) for n, t, v in _NO_ORDERS)
