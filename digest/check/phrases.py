"""Words of links that say nothing, in the languages that themes speak."""

_ENGLISH = (
    "click here, click, here, read more, read on, read it here, more, learn more, find out more, see more, view more, "
    "continue reading, keep reading, full story, read the full story, read article, read the article, this link, link, "
    "details, more info, more information, go, start, watch, listen, download, this page, see here, view"
)
_GERMAN = (
    "hier, hier klicken, klicken sie hier, klick hier, mehr, mehr lesen, weiterlesen, weiter lesen, "
    "weiter, zum artikel, mehr erfahren, jetzt lesen, lesen sie mehr, mehr dazu, mehr infos, details, "
    "artikel lesen, link, zum beitrag"
)
_FRENCH = (
    "ici, cliquez ici, cliquer ici, lire la suite, la suite, suite, en savoir plus, lire plus, plus, voir plus, "
    "lire l article, lire, voir, détails, lien, plus d infos, plus d informations, en lire plus, découvrir"
)
_SPANISH = (
    "aquí, haga clic aquí, haz clic aquí, clic aquí, leer más, más, seguir leyendo, ver más, saber más, "
    "más información, leer artículo, leer el artículo, enlace, detalles, continuar leyendo, lee más, leer"
)

GENERIC = frozenset(
    phrase.strip() for phrases in (_ENGLISH, _GERMAN, _FRENCH, _SPANISH) for phrase in phrases.split(",")
)
"""In small letters, words parted by single spaces."""
