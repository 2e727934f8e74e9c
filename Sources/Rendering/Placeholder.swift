// Replaced by the first file of Rendering.
