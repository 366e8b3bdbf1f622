"""The database: months of regions, who may do what, what was changed, and what is being worked on.

A month is one instance, held as one document; every change of it is edits (``roster.edits``), and all of them go
through ``roster.store.changing``.
"""
