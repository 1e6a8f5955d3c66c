//! From file bytes to an estate and a report of what was understood.
