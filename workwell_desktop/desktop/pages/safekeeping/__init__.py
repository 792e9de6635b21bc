"""The record of events, retention and erasure."""
