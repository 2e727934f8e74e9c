#include "CFuzzer.h"

__attribute__((weak)) int LLVMFuzzerRunDriver(int *count, char ***arguments, fuzzer_read read);
__attribute__((weak)) size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);

static fuzzer_change own_change;

/// libFuzzer finds it by its name.
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed) {
  return own_change && seed % 2 ? own_change(data, size, most, seed) : LLVMFuzzerMutate(data, size, most);
}

int fuzzer_run(int *count, char ***arguments, fuzzer_read read, fuzzer_change change) {
  if (!LLVMFuzzerRunDriver) return -1;
  own_change = change;
  return LLVMFuzzerRunDriver(count, arguments, read);
}
