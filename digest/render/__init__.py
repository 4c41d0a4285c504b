"""Rendering: an Issue and a Theme in, the mail, its text and the web version out."""
