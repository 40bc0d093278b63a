"""What the ears reach on speakers that they were never trained on, and the thresholds that follow from it."""
