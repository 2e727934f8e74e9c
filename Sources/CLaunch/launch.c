#include "CLaunch.h"

#include <stddef.h>

static int argument_count = 0;
static char **arguments = NULL;

/// The C library hands constructors what it hands `main`. Swift's own way is to read /proc, which not every root has.
__attribute__((constructor)) static void keep_arguments(int count, char **texts) {
  argument_count = count;
  arguments = texts;
}

char **launch_arguments(int *count) {
  *count = argument_count;
  return argument_count > 0 ? arguments : NULL;
}

const char *launch_commit(void) { return WAYMARK_COMMIT; }
