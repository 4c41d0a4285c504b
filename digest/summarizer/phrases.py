"""What stands around a story, as data: phrases in English and, for the commonest, German, French and Spanish.

A pattern is matched against a folded line: small letters, straight quotes, plain hyphens, no decoration around it.
Those of `PHRASES` must be the whole line, a closing colon or exclamation mark left off. Those of `OPENINGS`
begin a line of any length, and are so particular that no story begins a sentence with them.
"""

from typing import Final

Table = tuple[tuple[str, tuple[str, ...]], ...]
"""Why a line is no story, and the patterns that say so."""

# Services whose names stand alone, or in a row, where a page had its buttons.
_PLACES: Final = (
    r"(?:facebook|twitter|x|linkedin|whatsapp|reddit|telegram|pinterest|instagram|threads|bluesky|mastodon|tumblr|"
    r"flipboard|youtube|tiktok|messenger|pocket|rss|social)"
)
_BUTTON: Final = (
    rf"(?:{_PLACES}|shares?|tweet|e-?mail|print|copy(?: link)?|link copied|bookmark|pin(?: it)?|save|like|"
    r"teilen|drucken|partager|imprimer|compartir|imprimir)"
)
# What a piece calls itself. Stories say "this story" too, so no rule rests on it alone.
_PIECE: Final = r"(?:article|story|post|page|piece|column|report|episode|video|recipe|feature|interview|review)"
_MINUTES: Final = r"(?:min(?:ute)?s?\.?|minuten|minutos?)"
_NUMBER: Final = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)"

PHRASES: Final[Table] = (
    # The mark of a slot whose advertisement is gone.
    (
        "advertisement",
        (
            r"(?:skip )?(?:ads?|adverts?|advertisements?|advertising)(?: \d+)?",
            r"(?:story|article) continues (?:after|below)(?: (?:the|this))?(?: (?:ad|advert|advertisement|video))?",
            r"advertisement - .{1,60}",
            r"continue reading below|scroll (?:down )?to continue(?: reading)?|remove ads",
            r"(?:sponsored|promoted|paid)(?: (?:content|post|story|by .{1,40}))?",
            r"google cta",
            r"anzeige|werbung|publicité|publicidad",
        ),
    ),
    # Invitations to subscribe or to give: they speak to the reader, and the story does not.
    (
        "sign-up",
        (
            r"(?:our |the |free |weekly |daily )*newsletters?",
            r"(?:subscribe|sign up)(?: (?:now|today|here|for free))?",
            r"(?:(?:enter )?your )?e-?mail address(?: here)?|(?:enter )?your e-?mail",
            r"want more of our stories on \w+\?",
            r"(?:click here to )?(?:make|add|choose|set) .{2,40} (?:as )?(?:a|your) preferred source.{0,20}",
            r"already a (?:subscriber|member)\?.{0,30}",
            r"thank(?:s| you) for (?:subscribing|signing up).{0,20}",
            r"(?:donate|support us|become a (?:member|supporter|subscriber))(?: (?:now|today|here))?",
            r"support (?:our|independent) (?:journalism|work|newsroom)(?: today)?",
            r"jetzt abonnieren|réservé aux abonnés|s'abonner|suscribirse|(?:abonnez-vous|suscríbete)(?: .{1,60})?",
        ),
    ),
    # Rows of buttons.
    (
        "share",
        (
            rf"{_BUTTON}(?:[ ,|/&+\u2022\u00b7]+(?:and |on |via |by )?{_BUTTON})*",
            rf"(?:share|print|save|bookmark|gift|tweet|e-?mail) (?:this|the)(?: {_PIECE})?",
            rf"share this(?: {_PIECE})? (?:on|via|with) .{{1,40}}",
            rf"share (?:on|via|to) {_PLACES}.{{0,30}}",
            rf"follow us(?: on .{{1,60}})?|follow .{{2,40}} on (?:{_PLACES}|google)",
            r"(?:click to )?share(?: this)?(?: \(opens in new window\))?",
            r"(?:diesen )?artikel teilen|partager (?:cet article|sur \w+)|compartir (?:este artículo|en \w+)",
        ),
    ),
    # How long the piece takes.
    (
        "min-read",
        (
            rf"{_NUMBER}[ -]?{_MINUTES}[ -]?(?:of )?(?:read(?:ing)?|listen|watch)(?: time)?",
            rf"(?:estimated |average )?read(?:ing)? time[: ]*(?:<|about )?\d+ ?{_MINUTES}(?: \d+ ?sec(?:ond)?s?)?",
            rf"(?:lesezeit|temps de lecture|tiempo de lectura) ?:? ?(?:ca\. |environ )?\d+ ?{_MINUTES}",
        ),
    ),
    # Headings over lists of other pieces.
    (
        "related",
        (
            r"related(?: (?:articles?|stories|content|posts?|reading|coverage|links?|topics?|news|products?))?",
            r"(?:read|see|learn|find out) more(?: (?:here|about .{1,60}))?|(?:read|see) also|also read",
            r"more (?:from|on|in|about|like) (?:this|the|our|us)\b.{0,40}|more (?:stories|news|articles|coverage)",
            r"(?:recommended|suggested)(?: (?:for you|reading|stories|articles|posts))?",
            r"you (?:may|might) (?:also )?(?:like|enjoy|be interested in).{0,20}",
            r"(?:most|more) (?:read|popular|viewed|shared|recent)(?: (?:stories|articles|posts|now))?",
            r"(?:popular|trending|featured|latest|top|recent)(?: (?:now|news|stories|articles|posts|videos?|today))?",
            r"the latest|up next|read next|what to read next|next up|don't miss|editors?'?s? picks?",
            r"in case you missed it|icymi",
            r"mehr zum thema|lesen sie auch|auch interessant|das könnte sie auch interessieren",
            r"(?:à )?lire aussi|lire la suite|sur le même sujet|lea también|te puede interesar|más información",
        ),
    ),
    # Where the opening of another piece breaks off.
    (
        "teaser",
        (
            r"(?:keep|continue) reading ?(?:show (?:less|more))?.{0,3}",
            r"show (?:less|more|all)|read less",
            rf"read (?:the )?(?:full|whole|entire|rest of (?:the|this)) {_PIECE}.{{0,30}}",
        ),
    ),
    # The door to the readers' comments.
    (
        "comments",
        (
            r"\d[\d,.]* comments?|(?:no )?comments(?: yet)?|comments? \(?\d+\)?",
            r"(?:view|show|hide|see|read) (?:all )?(?:the )?(?:\d+ )?comments",
            r"(?:leave|add|post|write) (?:a|your) (?:comment|reply|review)",
            r"(?:join|start) the (?:conversation|discussion|debate)",
            r"comments are (?:closed|off|disabled)\.?|be the first to comment[.!]?",
            r"(?:\d+ )?(?:kommentare?|commentaires?|comentarios?)",
        ),
    ),
    # What is left of a player.
    (
        "audio",
        (
            rf"listen(?: to (?:this|the|our) (?:{_PIECE}|podcast))?(?: here| now)?(?: ?[\[(]?\d+ ?{_MINUTES}[\])]?)?",
            r"(?:audio|video)(?: (?:player|version|only))?|(?:play|watch|pause|mute) (?:audio|video|episode|now)",
            r"\d{1,2}:\d\d ?(?:/ ?\d{1,2}:\d\d)?|loading(?: (?:the )?(?:audio|video|player))?",
            r"artikel anhören|écouter(?: l'article)?|escuch(?:a|ar)(?: este artículo)?",
        ),
    ),
    # The site's own signposts.
    (
        "navigation",
        (
            r"home|menu|search|close|next|previous|prev|back|back to top|skip to (?:main )?content|more",
            r"(?:next|previous) (?:article|story|post|page|slide|image)",
            r"log ?in|sign in|log ?out|register|my account|create (?:an|a free) account",
            r"home ?(?:[>/|\u00bb\u203a][^>/|\u00bb\u203a]{1,60})+",
            r"(?:table of )?contents|in this (?:article|story|post|guide)|on this page|inhalt|sommaire",
            r"key (?:takeaways|points|facts)|at a glance",
            r"jump to (?:recipe|content|section)|print recipe|see (?:all|more)",
            r"view (?:all|more|gallery|photos|larger image)|(?:photo|image|slide)? ?\d+ ?(?:/|of) ?\d+",
            r"(?:tags|topics|categories|category|tagged|archivado en|thèmes|themen) ?: ?.{1,80}",
            r"(?:filed under|tags).{0,80}",
        ),
    ),
    # The foot of the page.
    (
        "legal",
        (
            r"(?:all rights reserved|alle rechte vorbehalten|tous droits réservés)\.?",
            r"terms (?:of (?:use|service)|(?:and|&) conditions)|privacy (?:policy|notice)|cookie (?:policy|settings)",
            r"do not sell (?:or share )?my personal information",
        ),
    ),
    # Signatures that name nobody.
    (
        "by-line",
        (
            r"about the authors?|(?:by )?staff (?:reports?|writers?)",
            r"(?:by )?(?:the )?(?:editors|editorial (?:board|staff|team))",
        ),
    ),
)

OPENINGS: Final[Table] = (
    # The colon, or what a broken page makes of it, tells a credit from a sentence about photographs.
    (
        "credit",
        (
            (
                r"(?:(?:top|main|lead|cover|header|hero|banner|featured?|bottom|inset) )?(?:photo|image|picture|"
                r"illustration|graphic|photograph|photography|artwork|video)s?(?: (?:credits?|source|courtesy))? ?[:\"]"
            ),
            r"(?:photo|image|picture|illustration) (?:credits?|courtesy)(?: of)?$",
            r"(?:credit|caption|image|picture) ?(?:line|source)? ?: ",
            r"(?:photo|image|picture) courtesy (?:of )?\w",
            r"(?:fotos?|bild|bilder|grafik|crédits?(?: photos?)?|photos?|imagen|fotografía|crédito) ?: ",
        ),
    ),
    # An imperative to the reader, and what there is to receive: both must be there.
    (
        "sign-up",
        (
            (
                r"(?:please )?(?:subscribe|sign up|register) (?:now |today |here |(?:for )?free )*(?:to|for|and|here)\b"
                r"(?=.*\b(?:our|newsletters?|inbox|e-?mails?|alerts|mailing list|free trial|whatsapp|telegram)\b)"
            ),
            r"(?:get|have|receive) (?:the|our|your|more|all|a) [^.]{0,60}\bto your inbox\b",
            r"(?:get|have|receive) (?:the|our|your|more|all|a) [^.]{0,60}\bin your inbox\b",
            r"[^.]{0,120}\bnewsletter\b[^.]{0,80}\b(?:in|to) your inbox\b|(?:subscribe|sign up) (?:now|today) and\b",
            r"join (?:our|the) [^.]{0,40}\b(?:newsletter|mailing list|whatsapp|telegram|channel|community)\b",
            rf"if you (?:enjoyed|liked|like|enjoy) this {_PIECE}\b",
            r"(?:melden sie sich|abonnieren sie|inscrivez-vous|recevez|suscríbase)\b(?=.*(?:newsletter|boletín))",
        ),
    ),
    # What leads to another piece names it behind a colon.
    (
        "related",
        (
            (
                r"(?:read|see|watch|related|recommended|read more|see more|more|read also|see also|also read|also see|"
                r"further reading|don't miss|go deeper|read next|up next|dig deeper)"
                r"(?: (?:articles?|stories|story|posts?|reading|coverage|video|on this))? ?[:|>\u00bb] ?\S"
            ),
            r"(?:lesen sie auch|mehr dazu|mehr zum thema|(?:à )?lire aussi|lea también|lee también) ?: ?\S",
        ),
    ),
    # What a page must tell about its own interests.
    (
        "disclosure",
        (
            r"(?:(?:affiliate|full|advertising|editorial) )?(?:disclosure|disclaimer) ?[:-]",
            (
                rf"(?:this|our) (?:{_PIECE}|site|website|blog) (?:may )?(?:contain|include|use)s? "
                r"(?:some )?(?:affiliate|referral|sponsored)\b"
            ),
            r"as an amazon (?:associate|affiliate)\b",
            (
                r"(?:we|i) (?:may |might |can |could |will )?(?:earn|receive|get|collect) (?:an? )?"
                r"(?:small |affiliate |referral )*(?:commissions?|compensation)\b"
            ),
            r"(?:if|when) you (?:buy|purchase|shop|click|make)\b(?=.*\b(?:commission|compensat\w+|affiliate)\b)",
            r"(?:some|all|any) (?:of the )?(?:links|products)\b(?=.*\b(?:commission|affiliate)\b)",
        ),
    ),
    (
        "editor's note",
        (r"(?:an? )?(?:editors?'?s?'? note|note from the editors?|note to (?:our )?readers)(?: ?[:.-]|$)",),
    ),
    (
        "correction",
        (
            r"(?:correction|clarification)s?(?: \([^)]{1,40}\)|,? [a-z]{3,9}\.? \d{1,2}(?:, \d{4})?)? ?[:-]",
            rf"an earlier version of this {_PIECE}\b",
            rf"this {_PIECE} (?:was|has been) (?:first |originally |last )?(?:updated|corrected|amended|clarified)\b",
        ),
    ),
    # Where else the piece stood first.
    (
        "republished",
        (
            (
                rf"(?:this|the) {_PIECE} (?:was |is |has been )?(?:first |originally )?"
                r"(?:appear|(?:re)?publish|reprint)ed (?:first |originally |here )*(?:in|on|by|at|with|from)\b"
            ),
            r"(?:originally|first) (?:published|appeared) (?:in|on|at|by) [^.]{1,80}$",
        ),
    ),
    (
        "legal",
        (
            r"(?:copyright )?(?:\u00a9|\(c\))|copyright \d{4}\b|all rights reserved\b",
            r"this material may not be (?:published|reproduced)\b",
            (
                r"by (?:clicking|signing up|subscribing|submitting|continuing|registering|entering your)\b(?=.*"
                r"\byou (?:agree|consent|accept|acknowledge)\b)"
            ),
            r"this site is protected by recaptcha\b|(?:we|this (?:site|website)) uses? cookies\b",
        ),
    ),
    (
        "audio",
        (
            r"your browser does not support\b",
            rf"(?:this (?:audio|{_PIECE})|audio) (?:is|was) (?:auto-?)?(?:generated|produced|read) (?:by|using|with)\b",
            rf"listen to this {_PIECE}\b",
        ),
    ),
)
