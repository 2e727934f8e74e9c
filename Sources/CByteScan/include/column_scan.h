// Columns of codes and instants, 64 rows at a time: bit i of a mask stands for row i.
#ifndef COLUMN_SCAN_H
#define COLUMN_SCAN_H

#include <stdint.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

// Has the memory at an address fetched into the caches. Any address will do.
static inline void prefetch(const void *address) { __builtin_prefetch(address); }

// Which of 64 bytes have bit `bit` (0 to 7) set. Reads exactly 64 bytes.
static inline uint64_t byte_scan_bit(const uint8_t *bytes, int bit) {
  uint64_t mask = 0;
#if defined(__SSE2__)
  // The bit is moved to the top of its byte, which is where movemask looks.
  __m128i places = _mm_cvtsi32_si128(7 - bit);
  for (int part = 0; part < 4; part++) {
    __m128i block = _mm_loadu_si128((const __m128i *)(bytes + 16 * part));
    mask |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_sll_epi16(block, places)) << (16 * part);
  }
#else
  for (int place = 0; place < 64; place++) mask |= (uint64_t)(bytes[place] >> bit & 1) << place;
#endif
  return mask;
}

// Which of 64 values equal the one before them: bit i compares values[i] and values[i - 1]. Reads values[-1] to
// values[63].
static inline uint64_t repeat_scan(const int64_t *values) {
  uint64_t mask = 0;
#if defined(__SSE2__)
  for (int place = 0; place < 64; place += 2) {
    __m128i here = _mm_loadu_si128((const __m128i *)(values + place));
    __m128i before = _mm_loadu_si128((const __m128i *)(values + place - 1));
    __m128i halves = _mm_cmpeq_epi32(here, before);
    __m128i both = _mm_and_si128(halves, _mm_shuffle_epi32(halves, _MM_SHUFFLE(2, 3, 0, 1)));
    mask |= (uint64_t)(uint32_t)_mm_movemask_pd(_mm_castsi128_pd(both)) << place;
  }
#else
  for (int place = 0; place < 64; place++) mask |= (uint64_t)(values[place] == values[place - 1]) << place;
#endif
  return mask;
}

#endif
