"""What Vosk reads: Kaldi's files of an acoustic model and of graphs."""
