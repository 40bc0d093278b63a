"""What the line knows of accounts, meters, readings and requests: plain frozen values and their rules."""
