"""The ways in: the command line, the terminal conversation and the Telegram bot."""
