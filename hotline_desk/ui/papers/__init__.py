"""What is printed, as it is looked at."""
