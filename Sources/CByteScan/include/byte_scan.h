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

// Which of 64 bytes are among each of some sets, whose members follow each other, each 16 times: set s has those from the ends[s - 1]th, the
// first set from the first, to before the ends[s]th. Sets the bits of those bytes in words[s], but for bits that `low` has not. Reads exactly
// 64 bytes from `bytes`.
static inline void byte_scan_sets(
    const uint8_t *bytes, const uint8_t *sets, const uint32_t *ends, int32_t count, uint64_t low, uint64_t *words) {
  uint32_t member = 0;
#if defined(__SSE2__)
  const __m128i *parts = (const __m128i *)bytes;
  __m128i first = _mm_loadu_si128(parts), second = _mm_loadu_si128(parts + 1);
  __m128i third = _mm_loadu_si128(parts + 2), fourth = _mm_loadu_si128(parts + 3);
  for (int32_t set = 0; set < count; set++) {
    __m128i in_first = _mm_setzero_si128(), in_second = in_first, in_third = in_first, in_fourth = in_first;
    for (; member < ends[set]; member++) {
      __m128i byte = _mm_loadu_si128((const __m128i *)sets + member);
      in_first = _mm_or_si128(in_first, _mm_cmpeq_epi8(first, byte));
      in_second = _mm_or_si128(in_second, _mm_cmpeq_epi8(second, byte));
      in_third = _mm_or_si128(in_third, _mm_cmpeq_epi8(third, byte));
      in_fourth = _mm_or_si128(in_fourth, _mm_cmpeq_epi8(fourth, byte));
    }
    uint64_t low_half = (uint32_t)_mm_movemask_epi8(in_first) | (uint32_t)_mm_movemask_epi8(in_second) << 16;
    uint64_t high_half = (uint32_t)_mm_movemask_epi8(in_third) | (uint32_t)_mm_movemask_epi8(in_fourth) << 16;
    words[set] |= (low_half | high_half << 32) & low;
  }
#else
  for (int32_t set = 0; set < count; set++) {
    uint64_t mask = 0;
    for (; member < ends[set]; member++) {
      for (int place = 0; place < 64; place++) mask |= (uint64_t)(bytes[place] == sets[16 * member]) << place;
    }
    words[set] |= mask & low;
  }
#endif
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
