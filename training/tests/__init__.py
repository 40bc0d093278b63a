"""Tests of what needs PyTorch: `make test-ears`, before a model is changed."""
