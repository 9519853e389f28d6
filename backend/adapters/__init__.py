"""One module or folder for each thing outside: Google, the store, files."""
