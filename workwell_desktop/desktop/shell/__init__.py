"""The frame around the pages: window, rail, bars, history, menus."""
