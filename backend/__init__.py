"""Sheet Steward: looks after a team's shared customer register in a Google Sheet."""
