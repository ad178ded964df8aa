"""`python -m addin.cli` is the command `tollsheet`."""

from addin.cli import main

if __name__ == "__main__":
    main()
