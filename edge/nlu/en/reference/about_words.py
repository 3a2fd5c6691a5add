"""Questions about words: what they mean, others for them, their opposites. Pure."""

from typing import Final

from edge.nlu.en.reference.asking import BE, Frame, frame

_WORD = r"(?:the )?(?:words? |terms? |adjective |verb |noun |phrase |expression )?"
_GIVE = r"(?:(?:what (?:is|are|word is)|give me|find me|tell me|is there) )?"

WORD_FRAMES: Final[tuple[Frame, ...]] = (
    frame(
        rf"{_GIVE}(?:another|a different|some other|other) (?:words?|terms?|ways? to say) (?:for )?{_WORD}(?P<s>.+)",
        "same",
    ),
    frame(rf"{_GIVE}(?:an? |the |some )?synonyms? (?:of|for|to) {_WORD}(?P<s>.+)", "same"),
    frame(rf"what words? (?:means?|is|are) (?:the same (?:as|thing as)|similar to) {_WORD}(?P<s>.+)", "same"),
    frame(rf"{_GIVE}(?:an? |the )?(?:opposite|antonym|contrary|reverse) (?:of|for|to) {_WORD}(?P<s>.+)", "opposite"),
    frame(rf"what (?:does|do|did|is|are) {_WORD}(?P<s>.+?) (?:means?|meant|meaning)", "meaning"),
    frame(
        r"what does it mean (?:to be |to |(?:if|when) (?:someone|somebody|something|a person) (?:is|are) )?(?P<s>.+)",
        "meaning",
    ),
    frame(rf"what is (?:meant|understood) by {_WORD}(?P<s>.+)", "meaning"),
    frame(r"(?:define|explain) (?P<s>(?!the ).+)", "thing", "meaning"),
    frame(rf"(?:define|explain) (?:the meaning of )?{_WORD}(?P<s>.+)", "meaning"),
    frame(rf"(?:what is )?(?:an?|the) (?:definition|meaning) (?:of|for) {_WORD}(?P<s>.+)", "meaning"),
    frame(rf"what {BE} (?P<s>(?!the ).+)", "thing", "meaning"),
    frame(r"what do(?:es)? (?P<s>.+) do", "thing", "meaning"),
    frame(rf"what {BE} (?P<s>the .+)", "thing"),
)
