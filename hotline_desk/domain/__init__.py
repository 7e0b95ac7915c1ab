"""What the desk is about: facts and rules, on the standard library alone."""
