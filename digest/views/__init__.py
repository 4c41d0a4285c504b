"""Views: faces of a message that no template makes, as pages of their own: its text part, its line in an inbox.

Whoever shows them (a browser that takes pictures, the preview) puts them on a screen; nothing here knows how.
"""

from digest.views.inbox import Ground, InboxLine, inbox_page
from digest.views.snippet import snippet
from digest.views.text import text_page

__all__ = ["Ground", "InboxLine", "inbox_page", "snippet", "text_page"]
