"""What the benchmarks of large months need: the month, and the same work by hand with other libraries."""
