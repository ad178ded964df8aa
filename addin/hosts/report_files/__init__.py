"""Reports as files: one module a report, and what all of them are written by."""
