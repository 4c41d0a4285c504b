"""The words that the sentence splitter must know, as data.

English as newspapers write it, and what German, French and Spanish need to stay whole. Case counts: "Mass." is a state,
"mass." ends a sentence. A wrong join costs a lead two sentences where it wanted one; a wrong cut shows readers a
broken sentence. So whatever is in doubt is listed here, and joins.
"""

from typing import Final


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


TITLES: Final = _words(
    # Before a name, and never at the end of a sentence.
    "Mr Mrs Ms Mx Messrs Dr Drs Prof Profs Rev Revs Fr Hon Sen Sens Rep Reps Gov Govs Lt Atty Asst Assoc",
    "Gen Col Maj Capt Cmdr Cdr Sgt Cpl Spc Pvt Pfc Adm Brig Amb Pres Supt Det Insp Const Msgr Sec Secy Treas Ald Sts",
    "Wm Chas Geo Thos Hr Hrn Dipl Mme Mmes Mlle MM Mgr Srta Sra Dña Gral Lic Exmo Exma Sig vs v cf viz ca approx",
    # Written small in Spanish, Italian and Dutch.
    "dr dra prof sr sra srta dhr mevr drs sig dott",
    # In the midst of a German, French or Spanish sentence.
    "bzw bspw evtl ggf inkl exkl sog vgl zzgl Mio Mrd geb gest zzt insb EE",
)
SHORTENED: Final = _words(
    # May end a sentence: only a word that opens one shows that it does.
    "St Ste Mt Ft Pt Jr Sr Esq Inc Corp Co Cos Ltd Bros LLC Ave Blvd Rd Hwy Rte Sq Bldg Dept Univ Assn Intl Natl Mfg",
    "Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Mass Md Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Penn",
    "Tenn Tex Va Vt Wash Wis Wyo Ont Que Alta",
    "Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Mon Tues Wed Thurs Fri",
    "al ed eds trans Str Hbf Jh Chr UU EE.UU FF.AA JJ.OO Cía Ud Uds Vd Avda Av",
)
NUMBERED: Final = _words(
    # Only before a figure: "No. 4" goes on, "He said no. Four left" does not.
    "No no Nos nos N° Nr nr Nrn Art art Fig fig Figs figs Eq eq Ch ch Vol vol Vols vols Sect sect Op op Ext ext",
    "est pop ft lb lbs Bd Abs Kap Abb p pp S pág págs núm Núm n",
)
NEVER_LAST: Final = _words(
    # Dotted abbreviations that always go on.
    "e.g i.e d.h z.B u.a i.d.R p.ex av J.-C",
)
CLOCK: Final = frozenset(("a.m", "p.m", "A.M", "P.M"))
AFTER_CLOCK: Final = _words(
    # What goes on behind "5 p.m.": zones and days.
    "ET EST EDT CT CST CDT MT MST MDT PT PST PDT GMT UTC BST CET CEST IST JST Eastern Central Mountain Pacific Local",
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tues Wed Thurs Fri Sat Sun",
    "January February March April June July August September October November December",
    "Jan Feb Aug Sept Oct Nov Dec",
)
BEFORE_CLOCK: Final = _words("at by around about until till before after from since shortly just every on")
"""A sentence that has only these, figures and a time has not begun: "At 5 a.m. Mr. Holm" goes on."""

LETTERED: Final = _words(
    # Behind these a single letter is no initial: "vitamin C. Doctors" parts, "by C. Dahl" does not.
    "plan plans vitamin vitamins hepatitis influenza grade group class type model option phase section letter war",
    "level schedule appendix exhibit annex terminal gate block channel",
)
MARKED_NAMES: Final = frozenset(("Yahoo!", "Yum!", "Jeopardy!", "Panic!", "Wham!", "Joomla!", "Chips!", "Ahoy!"))
"""Names that carry a mark of exclamation, or stand before one in a longer name."""

STARTERS: Final = _words(
    # Words that open a sentence and no name, so that "the U.S. The" parts and "U.S. Secretary" holds.
    "The A An It He She They We I You This That These Those There Here His Her Their Its Our My Your",
    "But And Or So Yet Nor If In On At By For From With Of To As After Before When While Since Until Although Though",
    "Because However Meanwhile Moreover Still Also Then Now Once During Despite Like Unlike Instead Even Only Just",
    "What Who Why How Where Which Whether Some Many Most Much Several Few Both Each Every All Any Such Another Other",
    "Others No Not Nobody Nothing Everyone Is Are Was Were Did Does Do Has Have Had Can Could Would Should",
    "According Together Earlier Later Last Yesterday Today Perhaps Maybe Nearly Almost About Between Under Over",
    "Officials Critics Experts Researchers Scientists Lawmakers Supporters Opponents Analysts Residents Investigators",
    "Prosecutors Authorities Voters Doctors",
)
STARTERS_ABROAD: Final = _words(
    # As above, but also parts of names ("J. Le Carré"), so not heard behind an initial.
    "Der Die Das Den Dem Ein Eine Einen Er Sie Es Wir Ich Ihr Dieser Diese Dieses Aber Und Auch Doch Nach Bei Mit",
    "Im Am Zum Zur",
    "Le La Les Un Une Il Elle Ils Elles On Ce Cette Ces Mais Et Dans Pour Selon",
    "El Los Las Una Unos Ella Ellos Pero Y En Según Este Esta Con Para",
)
ORDINAL_NOUNS: Final = _words(
    # German: behind "3." these go on ("am 3. Oktober", "im 19. Jahrhundert").
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember Jahrhundert Jahrhunderts",
    "Platz Liga Bundesliga FC Runde Halbzeit Mal Stock",
    "Klasse Weltkrieg Weltkriegs Geburtstag Tag Lebensjahr Auflage Bezirk Armee Minute Spieltag",
)
SAYING: Final = (
    r"(?:said|says|say|asked|asks|told|tells|wrote|writes|added|adds|replied|replies|answered|shouted|cried|yelled|"
    r"exclaimed|screamed|called|calls|whispered|warned|wondered|wonders|joked|quipped|recalled|continued|explained|"
    r"demanded|insisted|remarked|tweeted|posted)"
)
