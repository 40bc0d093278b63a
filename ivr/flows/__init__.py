"""The conversations. Each flow is a script that reads like the talk it holds and returns the flow that follows."""
