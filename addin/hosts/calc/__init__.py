"""LibreOffice Calc as an xlwings engine, so that the commands which Excel runs run there unchanged."""
