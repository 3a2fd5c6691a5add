"""The words that told sums have beside their numbers and things. Pure."""

from typing import Final

DETERMINERS: Final = frozenset(
    {
        "a",
        "an",
        "the",
        "my",
        "our",
        "your",
        "his",
        "her",
        "their",
        "this",
        "some",
        "these",
        "those",
        "of",
        "for",
        "per",
        "each",
        "every",
        "one",
        "1",
        "and",
        "if",
        "when",
    }
)
"""What stands before a thing, also one without an article: "food was 80 and drinks were 40"."""

_FUNCTION: Final = """
    i we you he she they it that this these those there there's that's it's we're i'm they're i've we've i'd
    is are was were be am been do does did will would should could can may might let's 's 've 'll 're have has
    had get gets got a an the my our your his her their me us them him of for on at in to from out with and or
    but so then if when as by up over after before into about per also just only now today tonight yesterday
    another already still all both too any , please
"""
_MONEY: Final = """
    bill check tab meal dinner lunch breakfast brunch price prices cost costs costing worth charge charged total
    sum amount altogether together overall pay pays paid paying spend spends spent spending buy buys bought
    buying order orders ordered want wants need needs take takes took give gives gave make makes come comes came
    go goes went eat ate use used earn earns sell sold share shares shared sharing split splits splitting divide
    divided dividing each every everyone everybody apiece person people one ones 1 evenly equally fairly ways
    way owe owes chip leave leaves leaving left remain remains remaining rest tip tips tipping gratuity service
    vat tax gst sales off discount discounted sale save saving savings saved reduced cheaper change back note
    notes cash plus minus including included less more additional something thing things item items wanna gonna
    have restaurant receipt store shop work works worked final full original normally usually single piece
    pieces ticket gross net excluding includes
"""
_ASKED: Final = "what what's whats how how's much many percent calculate"

QUALIFIERS: Final = frozenset(
    (
        *("not", "no", "never", "nobody", "none", "except", "unless", "than", "most", "least", "average"),
        *("until", "since", "ago", "years", "old", "free", "twice", "again", "early", "late", "later", "earlier"),
        *("during", "while", "although", "though", "maybe", "probably", "almost", "nearly"),
    )
)
"""These make a told sum another one than its numbers say."""
KNOWN: Final = frozenset(f"{_FUNCTION} {_MONEY} {_ASKED}".split())
"""These are no names of things."""
