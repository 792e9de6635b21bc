"""What stores give each other, and how it is judged before it enters."""
