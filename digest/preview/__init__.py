"""The preview: the built issue in a browser."""
