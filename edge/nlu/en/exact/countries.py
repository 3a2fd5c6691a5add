"""What countries are called whose public holidays are asked for. Pure."""

from typing import Final

_CODES: Final = {
    "AR": "argentina", "AT": "austria", "AU": "australia", "BE": "belgium", "BG": "bulgaria", "BR": "brazil",
    "CA": "canada", "CH": "switzerland", "CL": "chile", "CN": "china", "CO": "colombia", "CY": "cyprus",
    "CZ": "czech republic|czechia", "DE": "germany", "DK": "denmark", "EE": "estonia", "EG": "egypt", "ES": "spain",
    "FI": "finland", "FR": "france", "GB": "united kingdom|uk|u k|britain|great britain", "GR": "greece",
    "HK": "hong kong", "HR": "croatia", "HU": "hungary", "ID": "indonesia", "IE": "ireland|republic of ireland",
    "IL": "israel", "IN": "india", "IS": "iceland", "IT": "italy", "JM": "jamaica", "JP": "japan", "KE": "kenya",
    "KR": "south korea|korea", "LT": "lithuania", "LU": "luxembourg", "LV": "latvia", "MA": "morocco", "MT": "malta",
    "MX": "mexico", "MY": "malaysia", "NG": "nigeria", "NL": "netherlands|holland", "NO": "norway",
    "NZ": "new zealand", "PE": "peru", "PH": "philippines", "PK": "pakistan", "PL": "poland", "PT": "portugal",
    "RO": "romania", "RS": "serbia", "SE": "sweden", "SG": "singapore", "SI": "slovenia", "SK": "slovakia",
    "TH": "thailand", "TR": "turkey", "UA": "ukraine", "US": "united states|us|u s|usa|u s a|america|states",
    "VN": "vietnam", "ZA": "south africa", "GB ENG": "england", "GB SCT": "scotland", "GB WLS": "wales",
    "GB NIR": "northern ireland",
}  # fmt: skip
_BY_NAME: Final = {name: code for code, names in _CODES.items() for name in names.split("|")}


def is_country(name: str) -> bool:
    """Whether a text is the name of a country or of a part of Britain, without its article."""
    return name in _BY_NAME


def land_named(name: str) -> dict[str, str]:
    """The slots "country" and "region", by ISO 3166, of a country that is known by this name."""
    country, _, region = _BY_NAME[name].partition(" ")
    return {"country": country, "region": region}
