"""Recording: the one place that knows sound devices."""
