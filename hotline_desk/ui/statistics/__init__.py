"""Figures, the daily sheet, the monthly sheet, and what they rest on."""
