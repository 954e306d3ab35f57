"""Keys, tokens, passwords in text, by what their issuers document and by what the words before them say."""
