"""What only stories do."""
