"""Jobs: one plan function each, and the runner that carries plans out."""
