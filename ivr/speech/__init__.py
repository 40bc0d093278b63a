"""What callers say, out of sound: a Vosk model, a recogniser for each question, and when it heard nothing of use."""
