"""Reports by e-mail: over TLS or not at all. The only part of Tollsheet that reaches the network."""
