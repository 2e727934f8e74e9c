// Replaced by the first file of Statements.
