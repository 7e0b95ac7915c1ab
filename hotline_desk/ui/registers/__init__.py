"""The registers: people, service points, accesses."""
