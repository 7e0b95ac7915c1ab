"""The settings: lines, recording, keeping."""
