"""What stands around a story, as data: phrases in English and, for the commonest, German, French and Spanish.

A rule is how a line begins ("read also|see also"; 0 stands for any figure, and nothing for any beginning), and a
pattern for what follows. Both look at a folded line: small letters, straight quotes, plain hyphens, no decoration
around it. Rules of `PHRASES` hold for a whole line, a closing colon or exclamation mark left off; what lines of any
length begin with is in `beginnings`.
"""

from typing import Final

Table = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
"""Why a line is no story, and the rules that say so."""

# What a piece calls itself. Stories say "this story" too, so no rule rests on it alone.
PIECES: Final = "article|story|post|page|piece|column|report|episode|video|recipe|feature|interview|review"


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
            ("share |print |save |bookmark |gift |tweet |email |e-mail ", rf"(?:this|the)(?: (?:{PIECES}))?"),
            ("share this", rf"(?: (?:{PIECES}))? (?:on|via|with) .{{1,40}}"),
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
            ("read |read the ", rf"(?:full|whole|entire|rest of (?:the|this)) (?:{PIECES}).{{0,30}}"),
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
                rf"(?: to (?:this|the|our) (?:{PIECES}|podcast))?(?: here| now)?(?: ?[\[(]?\d+ ?{_MINUTES}[\])]?)?",
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
