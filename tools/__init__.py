"""What the project's commands are made of. Never part of the app."""
