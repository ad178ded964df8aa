"""The add-ins: one list of commands and one of functions, made into `tollsheet.xlam` and `tollsheet.oxt`."""
