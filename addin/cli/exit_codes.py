"""How a command ends: what a script may rely on. Bad input (2) is raised, as `TollsheetError`."""

FINE, LOOK = 0, 1
"""Nothing to do; or differences, or something left unread or unrated."""
