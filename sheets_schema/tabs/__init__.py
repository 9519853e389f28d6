"""The tabs of a register, one module each."""
