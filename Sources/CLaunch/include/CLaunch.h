// What the program was built from and is started with, neither of which Swift can tell everywhere.
#pragma once

/// The commit, as `d490b73`, with a `+` where the tree was changed since; empty where scripts/build did not say.
const char *_Nonnull launch_commit(void);

/// The arguments of the process, `*count` texts that hold to its end, of which the first is what it was called by; NULL where the
/// system handed none over.
char *_Nonnull *_Nullable launch_arguments(int *_Nonnull count);
