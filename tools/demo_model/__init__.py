"""Builds and measures the demonstration speech model."""
