"""What Steward remembers outside the sheet: runs and registers, in a database."""
