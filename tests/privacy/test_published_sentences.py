"""What is found in sentences that others wrote, and how often an ordinary question is taken for a private one.

The sentences are not part of the project: presidio-research (MIT), CLINC150 (CC BY 3.0), HWU64 (CC BY 4.0).
`pytest -s` prints the figures.
"""

import json
import os
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from edge.privacy import PrivacyGate
from edge.settings import PrivacySettings
from tests.fakes.language import ENGLISH
from tests.privacy.spoken import spoken

GATE = PrivacyGate(ENGLISH, PrivacySettings())

LEAST = {
    "written": {
        "CREDIT_CARD": 1.0,
        "DOMAIN_NAME": 1.0,
        "EMAIL_ADDRESS": 1.0,
        "IBAN_CODE": 1.0,
        "IP_ADDRESS": 1.0,
        "PHONE_NUMBER": 1.0,
        "STREET_ADDRESS": 0.92,
        "US_DRIVER_LICENSE": 1.0,
        "US_SSN": 1.0,
        "ZIP_CODE": 0.6,
    },
    "spoken": {
        "CREDIT_CARD": 1.0,
        "DOMAIN_NAME": 1.0,
        "EMAIL_ADDRESS": 1.0,
        "IBAN_CODE": 1.0,
        "IP_ADDRESS": 0.9,
        "PHONE_NUMBER": 1.0,
        "STREET_ADDRESS": 0.92,
        "US_DRIVER_LICENSE": 1.0,
        "US_SSN": 1.0,
        "ZIP_CODE": 0.7,
    },
}
"""The share of the values that is found as a whole. All other kinds are not promised: see docs/privacy.md."""

PRIVATE_INTENTS = frozenset(
    (Path(__file__).parents[2] / "scripts" / "private_matters" / "private-intents").read_text(encoding="utf-8").split()
)
"""Of banking, health, names and addresses. "oos" is everything that CLINC has no intent for, which is often private."""


def show(figures: str) -> None:
    print(figures)  # noqa: T201 - for `pytest -s`


def rows(name: str) -> Iterator[dict[str, Any]]:
    folder = os.environ.get("EDGE_VOICE_DATA")
    if not folder:
        pytest.skip("EDGE_VOICE_DATA does not name the folder that has the published sentences")
    for line in (Path(folder) / "nlu" / name).read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def found(text: str) -> str:
    """The text with a blank in place of every character that is not sent."""
    redacted = GATE.redact([text])
    kept, at = [], 0
    names = {it.name: it.value for it in redacted.placeholders}
    sent = redacted.texts[0]
    while at < len(sent):
        name = next((it for it in names if sent.startswith(it, at)), None)
        kept.append(sent[at] if name is None else "\0" * len(names[name]))
        at += 1 if name is None else len(name)
    return "".join(kept)


@pytest.mark.parametrize("form", list(LEAST))
def test_private_values_are_found(form: str) -> None:
    whole: Counter[str] = Counter()
    right: Counter[str] = Counter()
    clean, touched = 0, 0
    chance = random.Random(1)
    for row in rows("presidio.jsonl"):
        values = [(it["kind"], it["value"]) for it in row["spans"]]
        text = row["text"]
        if form == "spoken":
            text, values = spoken(text, row["spans"], chance)
        kept = found(text)
        for kind, value in values:
            at = text.find(value)
            whole[kind] += 1
            right[kind] += not any(map(str.isalnum, kept[at : at + len(value)]))
        clean += not values
        touched += not values and kept != text
    for kind, number in whole.most_common():
        show(f"{form} {kind}: {right[kind]} of {number}, {right[kind] / number:.1%}")
    show(f"{form}: {touched} of {clean} sentences without a private value were changed")
    assert {it: right[it] / whole[it] for it in LEAST[form] if right[it] < LEAST[form][it] * whole[it]} == {}
    assert touched == 0


@pytest.mark.parametrize("name", ["clinc150.jsonl", "hwu64.jsonl"])
def test_ordinary_requests_pass(name: str) -> None:
    number = kept_back = changed = 0
    for row in rows(name):
        if row["intent"] not in PRIVATE_INTENTS:
            number += 1
            kept_back += bool(GATE.check(row["text"]))
            changed += bool(GATE.redact([row["text"]]).placeholders)
    show(f"{name}: of {number} requests {kept_back / number:.2%} are kept back, {changed / number:.2%} changed")
    assert kept_back + changed < 0.01 * number


def test_requests_to_a_bank_are_mostly_private() -> None:
    own = ["balance", "bill_balance", "credit_score", "account_blocked", "freeze_account", "income", "taxes"]
    texts = [row["text"] for row in rows("clinc150.jsonl") if row["intent"] in own]
    share = sum(bool(GATE.check(text)) for text in texts) / len(texts)
    show(f"{share:.1%} of {len(texts)} requests about the user's account are kept back")
    assert share > 0.88
