"""What a data center's plan looks like: its pictures and its page, from plain numbers."""
