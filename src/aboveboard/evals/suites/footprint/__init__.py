"""What answering costs."""
