"""Call logs in columns: what is alike is read once, by the readers of single rows."""
