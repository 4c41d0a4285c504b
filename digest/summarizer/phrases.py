"""What stands around a story, as data: phrases in English and, for the commonest, German, French and Spanish.

A rule is how a line begins ("read also|see also"; 0 stands for any figure, and nothing for any beginning), and a
pattern for what follows. Both look at a folded line: small letters, straight quotes, plain hyphens, no decoration
around it. Rules of `PHRASES` hold for a whole line, a closing colon or exclamation mark left off. Those of `OPENINGS`
hold for the opening of a line of any length, and are so particular that no story begins a sentence with them.
"""

from typing import Final

Table = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
"""Why a line is no story, and the rules that say so."""

# What a piece calls itself. Stories say "this story" too, so no rule rests on it alone.
_PIECES: Final = "article|story|post|page|piece|column|report|episode|video|recipe|feature|interview|review"


def _piece(named: str) -> str:
    """Return every way to name a piece: "this" gives "this article|this story|…"."""
    return "|".join(f"{named} {piece}" for piece in _PIECES.split("|"))


_ADS: Final = "ad|ads|advert|adverts|advertisement|advertisements|advertising"
# Services whose names stand alone, or in a row, where a page had its buttons.
_PLACES: Final = (
    "facebook|twitter|x|linkedin|whatsapp|reddit|telegram|pinterest|instagram|threads|bluesky|mastodon|tumblr|"
    "flipboard|youtube|tiktok|messenger|pocket|rss|social"
)
_BUTTONS: Final = (
    f"{_PLACES}|share|shares|tweet|email|e-mail|print|copy|copy link|link copied|bookmark|pin|pin it|save|like|"
    "teilen|drucken|partager|imprimer|compartir|imprimir"
)
_PREFERRED: Final = r".{2,40} (?:as )?(?:a|your) preferred source.{0,20}"
_MINUTES: Final = r"(?:min(?:ute)?s?\.?|minuten|minutos?)"
_READ: Final = rf"[ -]?{_MINUTES}[ -]?(?:of )?(?:read(?:ing)?|listen|watch)(?: time)?"
_PICTURES: Final = "photo|image|picture|illustration|graphic|photograph|photography|artwork|video"
# The colon, or what a broken page makes of it, tells a credit from a sentence about photographs.
_CREDIT: Final = r"s?(?: (?:credits?|source|courtesy))? ?[:\"]"
_GIFTS: Final = "our|newsletters?|inbox|e-?mails?|alerts|mailing list|free trial|whatsapp|telegram"
_NOTE_ENDS: Final = "(?: ?[:.-]|$)"

PHRASES: Final[Table] = (
    # The mark of a slot whose advertisement is gone.
    (
        "advertisement",
        (
            (_ADS, r"(?: \d+)?"),
            ("skip ", rf"(?:{_ADS})(?: \d+)?"),
            (
                "story continues |article continues ",
                r"(?:after|below)(?: (?:the|this))?(?: (?:ad|advert|advertisement|video))?",
            ),
            ("advertisement - ", r".{1,60}"),
            ("scroll |scroll down ", r"to continue(?: reading)?"),
            ("sponsored|promoted|paid", r"(?: (?:content|post|story|by .{1,40}))?"),
            ("continue reading below|remove ads|google cta|anzeige|werbung|publicité|publicidad", ""),
        ),
    ),
    # Invitations to subscribe or to give: they speak to the reader, and the story does not.
    (
        "sign-up",
        (
            ("newsletter|newsletters", ""),
            ("our |the |free |weekly |daily ", r"(?:our |the |free |weekly |daily )*newsletters?"),
            ("subscribe|sign up", r"(?: (?:now|today|here|for free))?"),
            ("email address|e-mail address", r"(?: here)?"),
            ("your |enter your ", r"e-?mail(?: address(?: here)?)?"),
            ("want more of our ", r"\w+ on \w+\?"),
            ("make |add |choose |set ", _PREFERRED),
            ("click here to ", rf"(?:make|add|choose|set) {_PREFERRED}"),
            ("already a subscriber?|already a member?", r".{0,30}"),
            ("thanks for |thank you for ", r"(?:subscribing|signing up).{0,20}"),
            ("donate|support us", r"(?: (?:now|today|here))?"),
            ("become a member|become a supporter|become a subscriber", r"(?: (?:now|today|here))?"),
            ("support our |support independent ", r"(?:journalism|work|newsroom)(?: today)?"),
            ("abonnez-vous|suscríbete", r"(?: .{1,60})?"),
            ("jetzt abonnieren|réservé aux abonnés|s'abonner|suscribirse", ""),
        ),
    ),
    # Rows of buttons.
    (
        "share",
        (
            (_BUTTONS, rf"(?:[ ,|/&+\u2022\u00b7]+(?:and |on |via |by )?(?:{_BUTTONS}))*"),
            ("share |print |save |bookmark |gift |tweet |email |e-mail ", rf"(?:this|the)(?: (?:{_PIECES}))?"),
            ("share this", rf"(?: (?:{_PIECES}))? (?:on|via|with) .{{1,40}}"),
            ("share on |share via |share to ", rf"(?:{_PLACES}).{{0,30}}"),
            ("follow us", r"(?: on .{1,60})?"),
            ("follow ", rf".{{2,40}} on (?:{_PLACES}|google)"),
            ("share|click to share", r"(?: this)?(?: \(opens in new window\))?"),
            ("partager sur |compartir en ", r"\w+"),
            ("artikel teilen|diesen artikel teilen|partager cet article|compartir este artículo", ""),
        ),
    ),
    # How long the piece takes.
    (
        "min-read",
        (
            ("0", rf"\d*{_READ}"),
            ("one|two|three|four|five|six|seven|eight|nine|ten", _READ),
            (
                "read|estimated read|average read",
                rf"(?:ing)? time[: ]*(?:<|about )?\d+ ?{_MINUTES}(?: \d+ ?sec(?:ond)?s?)?",
            ),
            ("lesezeit|temps de lecture|tiempo de lectura", rf" ?:? ?(?:ca\. |environ )?\d+ ?{_MINUTES}"),
        ),
    ),
    # Headings over lists of other pieces.
    (
        "related",
        (
            (
                "related",
                r"(?: (?:articles?|stories|content|posts?|reading|coverage|links?|topics?|news|products?))?",
            ),
            ("read more|see more|learn more|find out more", r"(?: (?:here|about .{1,60}))?"),
            ("more ", r"(?:from|on|in|about|like) (?:this|the|our|us)\b.{0,40}|stories|news|articles|coverage"),
            ("recommended|suggested", r"(?: (?:for you|reading|stories|articles|posts))?"),
            ("you may |you might ", r"(?:also )?(?:like|enjoy|be interested in).{0,20}"),
            ("most |more ", r"(?:read|popular|viewed|shared|recent)(?: (?:stories|articles|posts|now))?"),
            (
                "popular|trending|featured|latest|top|recent",
                r"(?: (?:now|news|stories|articles|posts|videos?|today))?",
            ),
            ("editor", r"s?'?s? picks?"),
            ("read also|see also|also read|read next|up next|next up|what to read next|the latest|don't miss", ""),
            ("in case you missed it|icymi", ""),
            ("mehr zum thema|lesen sie auch|auch interessant|das könnte sie auch interessieren", ""),
            ("lire aussi|à lire aussi|lire la suite|sur le même sujet", ""),
            ("lea también|te puede interesar|más información", ""),
        ),
    ),
    # Where the opening of another piece breaks off.
    (
        "teaser",
        (
            ("keep reading|continue reading", r" ?(?:show (?:less|more))?.{0,3}"),
            ("show less|show more|show all|read less", ""),
            ("read |keep reading ", r"(?:on )?to (?:learn|find out|see|discover)(?: more| how| why)?\.?"),
            ("read |read the ", rf"(?:full|whole|entire|rest of (?:the|this)) (?:{_PIECES}).{{0,30}}"),
        ),
    ),
    # The door to the readers' comments.
    (
        "comments",
        (
            ("0", r"[\d,.]* comments?"),
            ("comments|no comments", r"(?: yet)?"),
            ("comment |comments ", r"\(?\d+\)?"),
            ("view |show |hide |see |read ", r"(?:all )?(?:the )?(?:\d+ )?comments"),
            ("leave |add |post |write ", r"(?:a|your) (?:comment|reply|review)"),
            ("join the |start the ", r"(?:conversation|discussion|debate)"),
            ("comments are ", r"(?:closed|off|disabled)\.?"),
            ("be the first to comment", r"[.!]?"),
            ("0", r"\d* (?:kommentare?|commentaires?|comentarios?)"),
            ("kommentar|kommentare|commentaire|commentaires|comentario|comentarios", ""),
        ),
    ),
    # What is left of a player.
    (
        "audio",
        (
            (
                "listen",
                rf"(?: to (?:this|the|our) (?:{_PIECES}|podcast))?(?: here| now)?(?: ?[\[(]?\d+ ?{_MINUTES}[\])]?)?",
            ),
            ("audio|video", r"(?: (?:player|version|only))?"),
            ("play |watch |pause |mute ", r"(?:audio|video|episode|now)"),
            ("0", r"\d?:\d\d ?(?:/ ?\d{1,2}:\d\d)?"),
            ("loading", r"(?: (?:the )?(?:audio|video|player))?"),
            ("écouter", r"(?: l'article)?"),
            ("escucha|escuchar", r"(?: este artículo)?"),
            ("artikel anhören", ""),
        ),
    ),
    # The site's own signposts.
    (
        "navigation",
        (
            ("home|menu|search|close|next|previous|prev|back|back to top|more", ""),
            ("next |previous ", r"(?:article|story|post|page|slide|image)"),
            ("login|log in|logout|log out|sign in|register|my account|create an account|create a free account", ""),
            ("home", r" ?(?:[>/|\u00bb\u203a][^>/|\u00bb\u203a]{1,60})+"),
            ("skip to content|skip to main content|contents|table of contents|on this page|inhalt|sommaire", ""),
            ("in this article|in this story|in this post|in this guide", ""),
            ("key takeaways|key points|key facts|at a glance", ""),
            ("jump to recipe|jump to content|jump to section|print recipe|see all|see more", ""),
            ("view all|view more|view gallery|view photos|view larger image", ""),
            ("photo|image|slide", r" ?\d+ ?(?:/|of) ?\d+"),
            ("0", r"\d* ?(?:/|of) ?\d+"),
            ("topics|categories|category|tagged|archivado en|thèmes|themen", r" ?: ?.{1,80}"),
            ("filed under|tags", r".{0,80}"),
        ),
    ),
    # The foot of the page.
    (
        "legal",
        (
            ("all rights reserved|alle rechte vorbehalten|tous droits réservés", r"\.?"),
            ("terms of use|terms of service|terms and conditions|terms & conditions", ""),
            ("privacy policy|privacy notice|cookie policy|cookie settings", ""),
            ("do not sell |do not sell or share ", r"my personal information"),
        ),
    ),
    # What opens a letter, and what it answers to.
    (
        "salutation",
        (
            ("dear ", r"(?:[\w'-]+\.? ){0,3}[\w'-]+,?"),
            ("to the editor|to the editors|sir,|madam,", ""),
            ("re |re: ", r"[\"'].{2,110}"),
        ),
    ),
    # What a reviewer gives.
    (
        "rating",
        (
            ("0", r"[\d.]* ?(?:/|out of) ?\d+ ?(?:stars?|points?)?\.?"),
            ("rating|our rating|overall rating|score", r" ?: ?.{1,40}"),
        ),
    ),
    # Signatures that name nobody.
    (
        "by-line",
        (
            ("about the author|about the authors", ""),
            ("staff |by staff ", r"(?:reports?|writers?)"),
            ("editors|by editors|the editors|by the editors", ""),
            ("editorial |by editorial |the editorial |by the editorial ", r"(?:board|staff|team)"),
        ),
    ),
)

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
            ("if you enjoyed this |if you liked this |if you like this |if you enjoy this ", rf"(?:{_PIECES})\b"),
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
