// Finding bytes 64 at a time: bit i of a mask stands for byte i. Each function reads exactly 64 bytes from `bytes`.
#ifndef BYTE_SCAN_H
#define BYTE_SCAN_H

#include <stdint.h>

#if defined(__SSE2__)
#include <emmintrin.h>

#define BYTE_SCAN_MASK(MATCHES)                                                            \
  uint64_t mask = 0;                                                                       \
  for (int part = 0; part < 4; part++) {                                                   \
    __m128i block = _mm_loadu_si128((const __m128i *)(bytes + 16 * part));                 \
    mask |= (uint64_t)(uint32_t)_mm_movemask_epi8(MATCHES) << (16 * part);                 \
  }                                                                                        \
  return mask
#define BYTE_SCAN_IS(BYTE) _mm_cmpeq_epi8(block, _mm_set1_epi8((char)(BYTE)))
#define BYTE_SCAN_OR(LEFT, RIGHT) _mm_or_si128(LEFT, RIGHT)

#else

#define BYTE_SCAN_MASK(MATCHES)                                                            \
  uint64_t mask = 0;                                                                       \
  for (int place = 0; place < 64; place++) {                                               \
    uint8_t block = bytes[place];                                                          \
    mask |= (uint64_t)((MATCHES) != 0) << place;                                           \
  }                                                                                        \
  return mask
#define BYTE_SCAN_IS(BYTE) (block == (BYTE))
#define BYTE_SCAN_OR(LEFT, RIGHT) ((LEFT) | (RIGHT))

#endif

static inline uint64_t byte_scan_1(const uint8_t *bytes, uint8_t a) { BYTE_SCAN_MASK(BYTE_SCAN_IS(a)); }

static inline uint64_t byte_scan_2(const uint8_t *bytes, uint8_t a, uint8_t b) {
  BYTE_SCAN_MASK(BYTE_SCAN_OR(BYTE_SCAN_IS(a), BYTE_SCAN_IS(b)));
}

static inline uint64_t byte_scan_3(const uint8_t *bytes, uint8_t a, uint8_t b, uint8_t c) {
  BYTE_SCAN_MASK(BYTE_SCAN_OR(BYTE_SCAN_OR(BYTE_SCAN_IS(a), BYTE_SCAN_IS(b)), BYTE_SCAN_IS(c)));
}

static inline uint64_t byte_scan_4(const uint8_t *bytes, uint8_t a, uint8_t b, uint8_t c, uint8_t d) {
  BYTE_SCAN_MASK(
      BYTE_SCAN_OR(BYTE_SCAN_OR(BYTE_SCAN_IS(a), BYTE_SCAN_IS(b)), BYTE_SCAN_OR(BYTE_SCAN_IS(c), BYTE_SCAN_IS(d))));
}

// What ends cells and what needs care in 64 bytes of delimited text.
typedef struct {
  uint64_t ends;    // the delimiter, or a line feed
  uint64_t lines;   // line feeds
  uint64_t blanks;  // blanks, and tabs unless they are the delimiter
  uint64_t rare;    // quotes, carriage returns, zeros
  uint64_t high;    // bytes from 0x80 on
} byte_scan_cell_masks;

#if defined(__SSE2__)
static inline byte_scan_cell_masks byte_scan_cells(const uint8_t *bytes, uint8_t delimiter) {
  byte_scan_cell_masks masks = {0, 0, 0, 0, 0};
  const __m128i tab = _mm_set1_epi8(delimiter == '\t' ? ' ' : '\t');
  for (int part = 0; part < 4; part++) {
    __m128i block = _mm_loadu_si128((const __m128i *)(bytes + 16 * part));
    __m128i line = BYTE_SCAN_IS('\n');
    __m128i end = BYTE_SCAN_OR(line, BYTE_SCAN_IS(delimiter));
    __m128i blank = BYTE_SCAN_OR(BYTE_SCAN_IS(' '), _mm_cmpeq_epi8(block, tab));
    __m128i rare = BYTE_SCAN_OR(BYTE_SCAN_OR(BYTE_SCAN_IS('"'), BYTE_SCAN_IS('\r')), BYTE_SCAN_IS(0));
    masks.ends |= (uint64_t)(uint32_t)_mm_movemask_epi8(end) << (16 * part);
    masks.lines |= (uint64_t)(uint32_t)_mm_movemask_epi8(line) << (16 * part);
    masks.blanks |= (uint64_t)(uint32_t)_mm_movemask_epi8(blank) << (16 * part);
    masks.rare |= (uint64_t)(uint32_t)_mm_movemask_epi8(rare) << (16 * part);
    masks.high |= (uint64_t)(uint32_t)_mm_movemask_epi8(block) << (16 * part);
  }
  return masks;
}
#else
static inline byte_scan_cell_masks byte_scan_cells(const uint8_t *bytes, uint8_t delimiter) {
  byte_scan_cell_masks masks = {0, 0, 0, 0, 0};
  for (int place = 0; place < 64; place++) {
    uint8_t byte = bytes[place];
    uint64_t bit = (uint64_t)1 << place;
    if (byte == '\n' || byte == delimiter) masks.ends |= bit;
    if (byte == '\n') masks.lines |= bit;
    if (byte == ' ' || (byte == '\t' && delimiter != '\t')) masks.blanks |= bit;
    if (byte == '"' || byte == '\r' || byte == 0) masks.rare |= bit;
    if (byte >= 0x80) masks.high |= bit;
  }
  return masks;
}
#endif

#undef BYTE_SCAN_MASK
#undef BYTE_SCAN_IS
#undef BYTE_SCAN_OR
#endif
