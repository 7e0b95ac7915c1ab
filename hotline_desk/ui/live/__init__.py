"""The live desk: calls, captions, questions, recording."""
