"""Excel: its dialogs and workbooks for the commands, and what answers the functions of its cells."""
