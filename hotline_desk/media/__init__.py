"""Sound as files: the one place that starts ffmpeg or uses pydub."""
