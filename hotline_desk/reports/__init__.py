"""What is printed: the one place that knows reportlab."""
