"""Makes what people install: one folder by PyInstaller, and what each system calls an installer around it.

build ──▶ dist/workwell-desktop/ ──▶ linux | windows | macos ──▶ dist/*   ──▶ smoke (Linux: in a clean root)
"""
