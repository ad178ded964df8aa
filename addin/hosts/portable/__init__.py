"""A workbook that was built with the add-in, as one that people without it can use: "Make portable"."""
