"""Issue folders: the record, the editor's decisions, the ledger."""
