#ifndef DOCUMENTS_H
#define DOCUMENTS_H

#include <stddef.h>

/// A file of docs/ as it stood when the program was built.
typedef struct {
  const char *name;
  const unsigned char *bytes;
  size_t size;
} embedded_document;

/// The lessons in their order.
size_t lesson_count(void);
/// `index` is less than `lesson_count()`.
embedded_document lesson_document(size_t index);

/// docs/COOKBOOK.md.
embedded_document cookbook_document(void);

#endif
