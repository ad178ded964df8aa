"""What a person chooses on the sheet of settings: its rows, how a cell is read, the choices of a report."""
