"""Words in by-lines that are no names, and words that only some names have: data of `authors`."""

from typing import Final

CREDENTIALS: Final = (
    r"m\.?d|ph\.?\s?d|r\.?n|r\.?d|j\.?d|mba|esq|d\.?o|d\.?d\.?s|m\.?s|m\.?sc?|m\.?a|b\.?a|b\.?sc?|m\.?p\.?h|r\.?d\.?n|"
    r"l\.?d\.?n?|lcsw|lmft|cpa|cfp|cfa|cpt|ncc|np|pa-c|pharm\.?d|psy\.?d|ed\.?d|m\.?ed|facs|faap|frcp|pmp|cissp"
)
JOBS: Final = (
    "staff|admin|administrator|guest|editor|reporter|correspondent|writer|columnist|contributor|journalist|producer|"
    "photographer|editor[- ]in[- ]chief|editors|editorial|newsroom|team|desk|board|contributors|founder|co-founder|ceo|"
    "director|manager|professor|expert|specialist|educator|analyst|consultant|president|author|webmaster|reporters|"
    "writers|publisher|intern|freelancer|chief|assistant"
)


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


PARTICLES: Final = _words(
    "de del della di da dos das du la le las los van von der den ter ten te bin ibn al el zu y",
)
"""Words in small letters that names have."""

HOUSES: Final = _words(
    "academy agency alliance and association blog center centre club co college company council daily design",
    "digital events experts express family farm financial food forum foundation garden gazette global green group",
    "guide health herald home house inc institute international journal kitchen lab labs law learning life ltd llc",
    "magazine mail marketing media money monthly museum network news office online partners post press project",
    "quarterly report research review school security service services society solutions standard store studio",
    "studios systems team tech technologies times today trust travel tribune university weekly works world",
)
"""Words that houses have in their names and people do not."""

NEVER: Final = _words(
    "about account archive archives articles comments contact create learn login our policy posts privacy profile",
    "services sign stories subscribe terms view",
)
"""Words of links that stand where names do, and of no name."""
