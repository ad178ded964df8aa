"""Putting the built add-ins where Excel and Calc find them, saying what is there, taking them away again."""
