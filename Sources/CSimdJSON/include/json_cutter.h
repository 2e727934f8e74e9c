#ifndef WAYMARK_JSON_CUTTER_H
#define WAYMARK_JSON_CUTTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Cuts plain JSON objects into cells, without copying: one after another, as long as each is so plain that nothing about it
// is in doubt. What it takes is valid JSON (RFC 8259), save that texts may be no UTF-8; it leaves
// everything else to json_reader. A cutter is for one thread.

#ifdef __cplusplus
extern "C" {
#endif

typedef struct json_cutter json_cutter;

/// What the values of a column may be, together.
enum {
  /// A text without escapes.
  json_may_text = 1,
  /// A whole number of at most 15 digits: it is written like that, whoever writes it.
  json_may_whole = 2,
  /// A number with a fraction, of at most 15 digits and without an exponent.
  json_may_fraction = 4,
  json_may_truth = 8,
  /// An array of texts, whole numbers, truth values, null and such arrays, without blanks: its own shortest form.
  json_may_list = 16
};

/// Bytes of the names that lead to a value, with dots between them, at most. A document with longer ones is not plain, and a
/// fault to json_reader.
enum { json_longest_name = 1024 };

/// Offsets from the start of the bytes; equal for a missing value: null, an empty text, an empty array, no such name.
typedef struct {
  uint32_t start;
  uint32_t end;
} json_span;

typedef struct {
  size_t rows;
  /// Behind the last object that was taken, and its line break if it has a line of its own.
  size_t next;
  /// Line breaks in front of that.
  size_t lines;
  /// Some text has a byte from 0x80 on.
  bool has_high_bytes;
} json_cut;

/// NULL if memory does not suffice.
json_cutter *json_cutter_create(size_t columns);
void json_cutter_free(json_cutter *cutter);

/// The values under these names, with dots between them, go to `column`, which is less than the number of columns.
void json_cutter_add(json_cutter *cutter, const char *path, size_t length, uint32_t column, uint32_t may);

/// Cuts the objects from `start` on that end before `end`, at most `capacity`; `bytes` goes on behind `end`, which is below
/// 2^32, and has zeros somewhere there, 16 at least. A row gets a span for each column in `cells`, and in `rows` where its
/// object begins and how many line breaks are in front of it.
///
/// `are_lines`: each object has a line of its own, and nothing else stands in it. Else they may be parted by anything of an
/// array that is neither value nor object: blanks, line breaks, commas, brackets.
json_cut json_cutter_cut(
  json_cutter *cutter, const char *bytes, size_t start, size_t end, bool are_lines, json_span *cells, json_span *rows,
  size_t capacity);

#ifdef __cplusplus
}
#endif
#endif
