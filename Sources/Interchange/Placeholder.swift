// Replaced by the first file of Interchange.
