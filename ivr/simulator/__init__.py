"""A Twilio double: dials the line, signs webhooks, obeys TwiML. It knows nothing else of `ivr`."""
