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

#undef BYTE_SCAN_MASK
#undef BYTE_SCAN_IS
#undef BYTE_SCAN_OR
#endif
