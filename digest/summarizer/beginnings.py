"""How lines begin that are no story, as data; the rules are made as those of `phrases` are.

They hold for the opening of a line of any length, and are so particular that no story begins a sentence with them.
"""

from typing import Final

from digest.summarizer.phrases import PIECES, Table

_PICTURES: Final = "photo|image|picture|illustration|graphic|photograph|photography|artwork|video"
# The colon, or what a broken page makes of it, tells a credit from a sentence about photographs.
_CREDIT: Final = r"s?(?: (?:credits?|source|courtesy))? ?[:\"]"
_GIFTS: Final = "our|newsletters?|inbox|e-?mails?|alerts|mailing list|free trial|whatsapp|telegram"
_NOTE_ENDS: Final = "(?: ?[:.-]|$)"


def _piece(named: str) -> str:
    """Return every way to name a piece: "this" gives "this article|this story|…"."""
    return "|".join(f"{named} {piece}" for piece in PIECES.split("|"))


OPENINGS: Final[Table] = (
    (
        "credit",
        (
            (_PICTURES, _CREDIT),
            (
                "top |main |lead |cover |header |hero |banner |feature |featured |bottom |inset ",
                rf"(?:{_PICTURES}){_CREDIT}",
            ),
            ("photo |image |picture |illustration ", r"(?:credits?|courtesy)(?: of)?$"),
            ("credit|caption|image|picture", r" ?(?:line|source)? ?: "),
            ("photo courtesy |image courtesy |picture courtesy ", r"(?:of )?\w"),
            ("foto|fotos|bild|bilder|grafik|photo|photos|imagen|fotografía|crédito", r" ?: "),
            ("crédit|crédits", r"(?: photos?)? ?: "),
        ),
    ),
    # An imperative to the reader, and what there is to receive: both must be there.
    (
        "sign-up",
        (
            (
                "subscribe |sign up |register |please subscribe |please sign up |please register ",
                rf"(?:now |today |here |(?:for )?free )*(?:to|for|and|here)\b(?=.*\b(?:{_GIFTS})\b)",
            ),
            ("get |have |receive ", r"(?:the|our|your|more|all|a) [^.]{0,60}\b(?:in|to) your inbox\b"),
            ("", r"[^.]{0,120}\bnewsletter\b[^.]{0,80}\b(?:in|to) your inbox\b"),
            ("subscribe |sign up ", r"(?:now|today) and\b"),
            ("join our |join the ", r"[^.]{0,40}\b(?:newsletter|mailing list|whatsapp|telegram|channel|community)\b"),
            ("if you enjoyed this |if you liked this |if you like this |if you enjoy this ", rf"(?:{PIECES})\b"),
            (
                "melden sie sich|abonnieren sie|inscrivez-vous|recevez|suscríbase",
                r"\b(?=.*(?:newsletter|boletín))",
            ),
        ),
    ),
    # What leads to another piece names it behind a colon.
    (
        "related",
        (
            (
                "read|see|watch|related|recommended|read more|see more|more|read also|see also|also read|also see",
                r"(?: (?:articles?|stories|story|posts?|reading|coverage|video|on this))? ?[:|>\u00bb] ?\S",
            ),
            (
                "further reading|don't miss|go deeper|read next|up next|dig deeper",
                r"(?: (?:articles?|stories|story|posts?|reading|coverage|video|on this))? ?[:|>\u00bb] ?\S",
            ),
            ("lesen sie auch|mehr dazu|mehr zum thema|lire aussi|à lire aussi|lea también|lee también", r" ?: ?\S"),
        ),
    ),
    # What a page must tell about its own interests.
    (
        "disclosure",
        (
            ("disclosure|disclaimer", r" ?[:-]"),
            ("affiliate |full |advertising |editorial ", r"(?:disclosure|disclaimer) ?[:-]"),
            (
                f"{_piece('this')}|{_piece('our')}|this site|our site|this website|our website|this blog|our blog",
                r" (?:may )?(?:contain|include|use)s? (?:some )?(?:affiliate|referral|sponsored)\b",
            ),
            ("the ", r"[^.,]{2,40} has a disclosure policy\b"),
            ("as an amazon ", r"(?:associate|affiliate)\b"),
            (
                "we |i ",
                (
                    r"(?:may |might |can |could |will )?(?:earn|receive|get|collect) (?:an? )?"
                    r"(?:small |affiliate |referral )*(?:commissions?|compensation)\b"
                ),
            ),
            (
                "if you |when you ",
                r"(?:buy|purchase|shop|click|make)\b(?=.*\b(?:commission|compensat\w+|affiliate)\b)",
            ),
            ("some |all |any ", r"(?:of the )?(?:links|products)\b(?=.*\b(?:commission|affiliate)\b)"),
        ),
    ),
    (
        "editor's note",
        (
            ("editor|an editor|a editor", rf"s?'?s?'? note{_NOTE_ENDS}"),
            (
                "update|updated",
                r"(?: \d)?,?(?: \(?(?:[a-z]{3,9}[.,]? ?(?:\d{1,2}\b,? ?)?(?:\d{4})?|\d[\d./: apm]{3,20}),?\)?)? ?: ?\S",
            ),
            ("note |a note |an note ", rf"(?:from the editors?|to (?:our )?readers){_NOTE_ENDS}"),
        ),
    ),
    (
        "correction",
        (
            (
                "correction|clarification",
                r"s?(?: \([^)]{1,40}\)|,? [a-z]{3,9}\.? \d{1,2}(?:, \d{4})?)? ?[:-]",
            ),
            # What wires put before a story that they send again.
            ("corrects |updates |adds |recasts |refiles |rewrites |repeats |removes ", r"[^.()]{3,160}\.?\)$"),
            (_piece("an earlier version of this"), r"\b"),
            (
                _piece("this"),
                r" (?:was|has been) (?:first |originally |last )?(?:updated|corrected|amended|clarified)\b",
            ),
        ),
    ),
    # Where else the piece stood first.
    (
        "republished",
        (
            (
                f"{_piece('this')}|{_piece('the')}",
                (
                    r" (?:was |is |has been )?(?:first |originally )?(?:appear|(?:re)?publish|reprint)ed "
                    r"(?:first |originally |here )*(?:in|on|by|at|with|from)\b"
                ),
            ),
            ("originally |first ", r"(?:published|appeared) (?:in|on|at|by) [^.]{1,80}$"),
        ),
    ),
    (
        "legal",
        (
            ("\u00a9|copyright \u00a9|copyright (c)", ""),
            ("copyright ", r"\d{4}\b"),
            ("all rights reserved|this material may not be published|this material may not be reproduced", r"\b"),
            (
                "by clicking|by signing up|by subscribing|by submitting|by continuing|by registering|by entering your",
                r"\b(?=.*\byou (?:agree|consent|accept|acknowledge)\b)",
            ),
            ("this site is protected by recaptcha", r"\b"),
            ("we |this site |this website ", r"uses? cookies\b"),
        ),
    ),
    (
        "audio",
        (
            ("your browser does not support", r"\b"),
            (
                f"audio|this audio|{_piece('this')}",
                r" (?:is|was) (?:auto-?)?(?:generated|produced|read) (?:by|using|with)\b",
            ),
            (_piece("listen to this"), r"\b"),
        ),
    ),
)
