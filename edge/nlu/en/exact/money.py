"""The currencies that sums may be in."""

from collections.abc import Mapping
from typing import Final

CURRENCIES: Final[Mapping[str, tuple[str, int]]] = {
    **dict.fromkeys(("dollar", "dollars", "buck", "bucks", "usd"), ("$", 1)),
    **dict.fromkeys(("pound", "pounds", "quid", "sterling", "gbp"), ("£", 1)),
    **dict.fromkeys(("euro", "euros", "eur"), ("€", 1)),
    **dict.fromkeys(("cent", "cents"), ("$", 100)),
    **dict.fromkeys(("pence", "penny", "p"), ("£", 100)),
    **dict.fromkeys(("yen",), ("¥", 1)),
    **dict.fromkeys(("rupee", "rupees"), ("₹", 1)),
}
"""The sign of a currency, and how many of the named coins make one of it."""
