"""The values that flow through Digest: frozen, plain, and complete. Each module is one stage's vocabulary."""
