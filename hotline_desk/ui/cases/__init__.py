"""Cases in the window: today's list, the list, the sheet and every deed."""
