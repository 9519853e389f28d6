"""What a customer register looks like, as data: tabs, columns, headers and presets."""
