"""Text as text: cleaning, URLs, words, fingerprints."""
