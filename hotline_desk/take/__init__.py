"""The take folder: the one place that knows what lies in it."""
