#ifndef WAYMARK_JSON_READER_H
#define WAYMARK_JSON_READER_H

#include <stddef.h>
#include <stdint.h>

// The quick way for lines that are plain.
#include "json_cutter.h"

// Documents of JSON, one after another, each as a flat list of values (over simdjson). A reader is for one thread.

#ifdef __cplusplus
extern "C" {
#endif

typedef struct json_reader json_reader;

enum {
  json_null = 0,
  /// A string, unescaped.
  json_text = 1,
  /// A number that a double holds exactly as it was written, or as near as a double can; `number`.
  json_number = 2,
  /// `number` is 0 or 1.
  json_truth = 3,
  /// An array, as JSON text without blanks.
  json_array = 4,
  /// A whole number beyond 2^53; its digits are the text.
  json_big = 5
};

/// One value of a document. Objects are taken apart, so that none is a value.
typedef struct {
  /// UTF-8, of text, array and big; valid until the next document is read.
  const char *text;
  size_t length;
  double number;
  /// The names that lead to the value, as an index from 0 in the order in which they were met.
  uint32_t path;
  uint32_t kind;
} json_cell;

typedef struct {
  const json_cell *cells;
  size_t count;
  /// NULL, or what is wrong with the document: a constant, lower case.
  const char *fault;
} json_cells;

/// NULL if memory does not suffice.
json_reader *json_reader_create(void);
void json_reader_free(json_reader *reader);

/// Reads the one document in bytes[0 ..< length]; of these, and as many behind them, `readable` may be read. A document
/// that is no object is a fault. The values come in the order of the text; the last of several with one path stands.
json_cells json_reader_read(json_reader *reader, const char *bytes, size_t length, size_t readable);

/// Whether the documents had more different names than are remembered. Those that have new ones are faults from then on.
bool json_reader_is_full(const json_reader *reader);

/// How many paths were met so far.
size_t json_reader_path_count(const json_reader *reader);

/// The names of a path with dots between them; `length` bytes of UTF-8, valid until the reader is freed.
const char *json_reader_path(const json_reader *reader, size_t path, size_t *length);

#ifdef __cplusplus
}
#endif
#endif
