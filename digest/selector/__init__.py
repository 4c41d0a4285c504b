"""The selector: which articles are in, which are out, and why."""
