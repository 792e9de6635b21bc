"""The sizes in pixels of the icon's pictures, as Linux desktops ask for them."""

SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
