"""A case from its receipt to its end: the clock, the course, money, papers, limits."""
