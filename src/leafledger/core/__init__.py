"""The nouns: frozen dataclasses that every room may use, and nothing that acts on the world."""
