"""Appointments: who may be seen where, by whom and with whom."""
