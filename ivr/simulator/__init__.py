"""A Twilio in a box: dials the line, signs webhooks, obeys TwiML. A black box: it knows nothing else of `ivr`."""
