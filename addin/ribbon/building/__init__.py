"""What makes `tollsheet.xlam` and `tollsheet.oxt`, from text alone."""
