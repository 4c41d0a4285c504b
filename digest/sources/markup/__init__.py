"""Markup: what pages, and the texts of feeds and APIs, are made of, and the blocks of text in it."""
