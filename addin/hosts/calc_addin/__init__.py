"""What runs inside LibreOffice: the functions of its cells, and where menu and toolbar arrive."""
