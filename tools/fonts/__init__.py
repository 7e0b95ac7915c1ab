"""The fonts that the PDF is set in, made once from a Debian package."""
