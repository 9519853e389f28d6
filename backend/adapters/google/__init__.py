"""The only place that knows gspread and google-auth."""
