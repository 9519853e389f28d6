"""Tiers: who is important, by rules the team can edit, with the reason in words and numbers."""
