"""The ears: how the small Russian Vosk model that ships with the product is made."""
