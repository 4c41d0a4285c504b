"""Sources: a file each; documents are retrieved, then parsed."""
