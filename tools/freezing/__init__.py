"""What the frozen program needs beside the program itself."""
