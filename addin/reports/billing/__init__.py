"""The billing report: its data, and how it is built and written as JSON."""
