"""The partnership's hub: a plain PostgreSQL with the schema of ``sql/``, which both sides of a sync keep to.

sql/        roles, tables by steps of version, functions, guards, grants
wire        addresses and connections: TLS with the name checked, or none
making      the schema into an empty database, or one brought up to this version
enrolment   one-time codes, and the login that a laptop makes with one
keeping     what else an administrator does: revoke, least version, after a restored backup, erase
local       a hub on this computer, for trying out and for the tests
"""
