// Replaced by the first file of Workspace.
