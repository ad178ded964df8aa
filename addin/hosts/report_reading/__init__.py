"""Reports that were written earlier, read back: by their own sheets, as people left them."""
