"""The configuration: a mapping in, a Config out."""
