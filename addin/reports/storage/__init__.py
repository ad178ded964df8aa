"""The storage statement: its data, and how it is built and written as JSON."""
