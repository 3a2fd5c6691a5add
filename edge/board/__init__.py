"""Installs the service on a board, switches between its releases, and removes it. docs/service.md describes it.

It runs on the system's own Python, before anything is installed, so it imports nothing but the standard library and
`edge.errors`. `make install` runs it from the checkout, the Ansible role from the wheel, and rollback and uninstall
also work without either: `/opt/edge-voice/current/bin/python -m edge.board rollback`.
"""
