"""How a conversation runs: steps, replay over the journal, asking. Knows nothing of electricity."""
