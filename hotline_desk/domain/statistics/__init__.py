"""What the union publishes: counted rows, figures, sheets, closed months."""
