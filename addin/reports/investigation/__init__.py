"""What an investigation says: frozen figures, tree, tables and the text to send."""
