"""The web service for those who do not live in a terminal: pages, forms, log-in, calendars and a worker.

It works without JavaScript. Every page is in the table of ``roster.web.pages``, with who may see it.
"""
