"""The window: pages, parts, theme. The only folder that imports PySide6."""
