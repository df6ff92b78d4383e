"""The auditor: reads any published sustainability report and finds what does not add up."""
