"""One use case each: advance a call, carry out a script's commands, hand over, replay, send the outbox."""
