"""English words that the grounding and the choice of sentences must tell from a story's own, as data."""

from typing import Final


def _words(*lines: str) -> tuple[str, ...]:
    return tuple(word for line in lines for word in line.split())


UNITS: Final = _words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen",
    "eighteen nineteen",
)
TENS: Final = _words("twenty thirty forty fifty sixty seventy eighty ninety")
DENOMINATORS: Final = _words("third fourth fifth sixth seventh eighth ninth tenth")
"""The words for a share of a whole that are ordinals as well, from a third on."""

PERIODS: Final = {
    "second": 1.0,
    "minute": 60.0,
    "hour": 3600.0,
    "day": 86400.0,
    "night": 86400.0,
    "week": 7 * 86400.0,
    "fortnight": 14 * 86400.0,
    "month": 365.25 / 12 * 86400.0,
    "year": 365.25 * 86400.0,
    "decade": 3652.5 * 86400.0,
    "century": 36525 * 86400.0,
}
"""Words for lengths of time, in seconds."""

MONTHS: Final = _words(
    "january february march april may june july august september october november december",
)
CALENDAR: Final = frozenset(MONTHS) | frozenset(
    _words("monday tuesday wednesday thursday friday saturday sunday"),
)
CALENDAR_KEY: Final = {
    **{each: name[:3] for name in CALENDAR for each in (name, f"{name}s", name[:3])},
    "sept": "sep",
    "tues": "tue",
    "weds": "wed",
    "thur": "thu",
    "thurs": "thu",
}
"""Every way to write a month or a weekday, and the letters that all of them share."""

SAYING_OF: Final = frozenset(
    # Behind a name at the beginning of a sentence.
    _words("said says say tells told adds added argues argued calls called wants hopes warned"),
)
NO_NAMES: Final = frozenset(
    # Titles, units and others that have a capital and name nobody.
    _words("i mr mrs ms dr prof gov sen rep rev ceo cfo tv phd celsius fahrenheit god ok"),
)
PARTICLES: Final = frozenset(_words("de del della der den di da dos du la le van von zu bin ibn al el ter"))
PEOPLES: Final = dict(
    pair.split("/")
    for pair in _words(
        "french/france dutch/netherlands swiss/switzerland danish/denmark danes/denmark dane/denmark british/britain",
        "spanish/spain spaniard/spain spaniards/spain welsh/wales irish/ireland scottish/scotland scots/scotland",
        "portuguese/portugal polish/poland poles/poland pole/poland turkish/turkey turks/turkey turk/turkey",
        "finnish/finland finns/finland finn/finland swedish/sweden swedes/sweden swede/sweden greek/greece",
        "greeks/greece czech/czechia slovak/slovakia thai/thailand filipino/philippines filipinos/philippines",
        "chinese/china burmese/burma icelandic/iceland icelander/iceland icelanders/iceland cypriot/cyprus",
        "cypriots/cyprus flemish/flanders bavarian/bavaria greenlandic/greenland afghan/afghanistan uzbek/uzbekistan",
        "kazakh/kazakhstan tajik/tajikistan turkmen/turkmenistan kyrgyz/kyrgyzstan croat/croatia croats/croatia",
        "serb/serbia serbs/serbia lao/laos monegasque/monaco malagasy/madagascar basque/basque israeli/israel",
        "iraqi/iraq pakistani/pakistan yemeni/yemen bangladeshi/bangladesh kuwaiti/kuwait omani/oman qatari/qatar",
        "somali/somalia saudi/arabia emirati/emirates nepali/nepal",
    )
)
"""The peoples and languages whose names no ending makes from their countries'."""

LINKS: Final = frozenset(_words("of the for and on in de"))
"""What short forms leave out."""

RELATIVE: Final = frozenset(_words("who whose the a an"))
HEDGES: Final = frozenset(
    _words("about around roughly some approximately nearly almost close over than least most under up"),
)
COMMON: Final = frozenset(
    # Words that every text has, and every article.
    _words(
        "a an as at be by do he i if in is it me my no of on or so to up us we she him out off own too nor yet all any",
        "that this with from have been were they their them which when what will would could should about after before",
        "into over more than also only some such other there where while because being between both each most much",
        "many very just like make made says said told year years week weeks month months your our his her its and the",
        "for but not who whom whose then these those does did has had was are can may might must one two new now",
        "how why under until still even every another against during through since without within upon",
        "once again here down",
    ),
)
