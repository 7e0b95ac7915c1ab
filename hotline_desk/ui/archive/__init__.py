"""Takes of earlier broadcasts, their health, and what was published of them."""
