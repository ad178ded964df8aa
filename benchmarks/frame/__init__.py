"""What every benchmark shares: rows as data, timing in turn, processes of their own, the document."""
