"""How Russian words are said: stress, spelling by sound, phones, quick speech, and which words the ears know."""
