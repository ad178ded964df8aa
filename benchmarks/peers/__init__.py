"""The same work by hand with other libraries: scripts of their own, each a process of its own."""
