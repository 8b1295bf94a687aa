"""How it looks: a brief turned into the bytes of a format."""
