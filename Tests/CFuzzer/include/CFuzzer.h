// libFuzzer as a library, where it was linked: `scripts/fuzz` does, ordinary builds do not.
#ifndef CFUZZER_H
#define CFUZZER_H

#include <stddef.h>
#include <stdint.h>

/// Reads an input; gives 0.
typedef int (*fuzzer_read)(const uint8_t *data, size_t size);
/// Changes an input of `size` bytes in place, to at most `most`; gives its new size.
typedef size_t (*fuzzer_change)(uint8_t *data, size_t size, size_t most, unsigned seed);

/// Runs libFuzzer with the command line's arguments; gives its exit status, or -1 where it was not linked. `change` makes half of
/// its inputs, its own ways the other half.
int fuzzer_run(int *count, char ***arguments, fuzzer_read read, fuzzer_change change);

#endif
