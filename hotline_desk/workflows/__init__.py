"""What the desk does, one verb a module, without Qt."""
