// Calls of the C library and the kernel that Swift's import of it leaves out.
#include <sys/xattr.h>

/// Like `rename` with `RENAME_NOREPLACE`, which the library declares under _GNU_SOURCE only.
int renameat2(int old_folder, const char *old_path, int new_folder, const char *new_path, unsigned int flags);
