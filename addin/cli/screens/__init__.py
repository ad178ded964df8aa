"""What each command says in the terminal."""
