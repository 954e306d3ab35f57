"""Personal data that has a form: one family of types a file, candidates confirmed by validators."""
