"""Speaks Twilio: signed webhooks in, TwiML out. Knows no rule of the line."""
