"""The steps of the store, one a file; each is carried out once, in order."""
