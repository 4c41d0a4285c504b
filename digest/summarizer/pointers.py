"""Sentences that need what a lead does not show: what follows them, what stood before, a picture, a link."""

import re
from typing import Final

_OPENERS: Final = "\"'“‘„‚«»‹›([¿¡「『（"
# A sentence that begins so leans on the one before it.
_LEANING: Final = frozenset(
    word
    for line in (
        "he she it they this that these those him his her hers its their theirs them such both neither either another",
        "others but and so or yet nor however meanwhile instead then also still moreover furthermore therefore thus",
        "nevertheless besides otherwise likewise similarly hence too again afterwards earlier later elsewhere",
        "er sie es dieser diese dieses ihr ihre sein seine aber und doch auch dann jedoch deshalb",
        "il elle ils elles ce cette ces cela ça son sa ses leur leurs mais et donc puis aussi",
        "él ella ellos ellas esto esta este estos estas su sus pero y entonces además",
    )
    for word in line.split()
)
# So does one that says one of these among its first words: "The town also has a pier".
_ADDING: Final = frozenset(("also", "however", "therefore", "likewise", "moreover", "auch", "aussi", "también"))
_EARLY: Final = 5
_WORD: Final = re.compile(r"[^\W_]+")

_SHOWN: Final = (
    r"(?:charts?|graphs?|tables?|maps?|lists?|photos?|photographs?|pictures?|images?|figures?|videos?|graphics?|"
    r"infographics?|diagrams?|links?|buttons?|forms?|sections?|galler(?:y|ies)|slideshows?|recipes?|comments?)"
)
_FIGURE: Final = (
    r"(?:here's|here is|here are) (?:what|how|why|where|our|my|some|all|everything|a (?:list|look)|the \w+|\d+|"
    r"two|three|four|five|six|seven|eight|nine|ten)\b"
)
_PIECE: Final = (
    r"(?:articles?|clips?|conversations?|documents?|episodes?|essays?|films?|interviews?|letters?|lists?|pieces?|posts?|"
    r"recipes?|recordings?|reports?|reviews?|series|shows?|speech(?:es)?|statements?|story|stories|studies|study|talks?|"
    r"texts?|things?|trailers?|transcripts?|versions?|videos?)"
)
# In small letters and straight quotes; one of `_CUES` stands in whatever fits.
_POINTS: Final = (
    r"\b(?:as follows|the following|listed below|see below|shown below|read on|here goes)[.!…]*\Z|"
    rf"\b{_FIGURE}|"
    r"\A(?:so,? |now,? )?(?:let's|let us) (?:dive|get|take|look|explore|break|start|begin|find|see)\b|"
    r"\A(?:read on|keep reading|scroll (?:down|on)|check out)\b|"
    rf"\b{_SHOWN} (?:below|above|at (?:the )?(?:left|right))\b|"
    r"\b(?:pictured|shown|listed|described|outlined|linked|mentioned|explained|see) (?:below|above)\b|"
    r"\b(?:click|tap) (?:here|below|on (?:the|this)|the|this)\b|\bfollow (?:this|the) links?\b|"
    r"\A(?:please )?(?:read|keep reading|continue reading|read on|scroll down),? (?:on )?to (?:learn|find|see)\b|"
    r"\A(?:to )?(?:learn|find out|read|see) more\b|\b(?:learn|find out|read|see) more (?:here|below)[.!]*\Z|"
    r"\Asee (?:details|our|the (?:full|chart|table|list|map))\b|\Awatch (?:the|our) video\b|"
    r"\A(?:please )?(?:listen to|watch|hear|read|see|view) (?:the|our|this|his|her|their) "
    rf"(?:(?:full|whole|entire|complete|original) {_PIECE}|rest of)\b|\A(?:please )?click through\b|"
    r"\Afor (?:more|further|other)\b[^.;]{0,80}, (?:please )?(?:check out|see|visit|click|go to|read|follow|call)\b|"
    r"\b(?:siehe unten|klicken sie hier|ci-dessous|cliquez ici|haga clic aquí)\b"
)
_CUES: Final = (
    *("as follows", "the following", "below", "above", "read on", "here goes", "here's ", "here is ", "here are "),
    *("let's ", "let us ", "keep reading", "scroll ", "check out", "click", "tap ", "at left", "at right", "at the "),
    *(
        "follow th",
        " more",
        "to learn",
        "to find",
        "to see",
        "to discover",
        "see details",
        "see our",
        "see the ",
        "watch ",
        " full",
        " whole",
        " entire",
        " complete",
        " rest",
        " original",
        "for further",
        "for other",
    ),
    *("siehe unten", "klicken", "ci-dessous", "cliquez", "haga clic"),
)


def points(sentence: str) -> bool:
    """Tell whether a sentence sends readers to what a lead does not have: a list, a chart, a link, the rest."""
    folded = sentence.casefold().replace("’", "'")
    return any(map(folded.__contains__, _CUES)) and re.search(_POINTS, folded) is not None


def stands_alone(sentence: str) -> bool:
    """Tell whether a sentence can be read without the one before: no pronoun or link opens it, and no quotation."""
    if sentence[0] in _OPENERS:
        return False
    first = [word[0].casefold() for word in _WORD.finditer(sentence[:_REACH])][:_EARLY]
    if not first or first[0] in _LEANING or not _ADDING.isdisjoint(first):
        return False
    # "Why?" asks about what stood before.
    return not sentence.startswith("?", len(first[0]))


_REACH: Final = 80
"""Characters in which the first words of a sentence stand."""
