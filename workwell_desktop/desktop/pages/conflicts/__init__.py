"""What two computers wrote in two ways, and what others changed."""
