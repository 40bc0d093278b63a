"""What becomes of a recording: somebody else's voice, a telephone, noise, log mels."""
