"""Hotline Desk (热线台): the desk of a live call-in programme of legal help for workers."""

__version__ = "0.1.0"
