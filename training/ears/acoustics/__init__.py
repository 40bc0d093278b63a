"""What is trained: batches, transcripts, the network, its objective."""
