"""What goes wrong with a model; apart, so that whoever catches it need not load Vosk."""


class ModelError(Exception):
    """A folder that is no Vosk model, or a part of one: the message names it, what is wrong and the way out."""
