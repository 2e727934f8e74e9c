#include "column_coding.h"

#include <string.h>

enum { row_words = 16, block_values = 1024 };

/// The lowest `bits` bits of each lane.
static uint64_t lanes_of(unsigned lane, unsigned bits) {
  uint64_t one = bits >= 64 ? UINT64_MAX : ((uint64_t)1 << bits) - 1;
  uint64_t all = 0;
  for (unsigned shift = 0; shift < 64; shift += lane) all |= one << shift;
  return all;
}

void column_pack_block(unsigned lane, unsigned width, const void *values, void *packed) {
  uint64_t words[64 * row_words] = {0};
  for (unsigned row = 0; row < lane; row++) {
    uint64_t in[row_words];
    memcpy(in, (const uint8_t *)values + 128 * row, 128);
    unsigned bit = row * width, word = bit / lane, shift = bit % lane;
    if (width == 0) continue;
    for (unsigned i = 0; i < row_words; i++) words[word * row_words + i] |= (in[i] & lanes_of(lane, lane - shift)) << shift;
    if (shift + width <= lane) continue;
    unsigned done = lane - shift;
    for (unsigned i = 0; i < row_words; i++)
      words[(word + 1) * row_words + i] |= (in[i] >> done) & lanes_of(lane, width - done);
  }
  memcpy(packed, words, 128 * width);
}

void column_unpack_block(unsigned lane, unsigned width, const void *packed, void *values) {
  for (unsigned row = 0; row < lane; row++) {
    uint64_t in[row_words], next[row_words], out[row_words];
    unsigned bit = row * width, word = bit / lane, shift = bit % lane;
    if (width == 0) {
      memset((uint8_t *)values + 128 * row, 0, 128);
      continue;
    }
    uint64_t mask = lanes_of(lane, width);
    memcpy(in, (const uint8_t *)packed + 128 * word, 128);
    if (shift + width <= lane) {
      for (unsigned i = 0; i < row_words; i++) out[i] = (in[i] >> shift) & mask;
    } else {
      unsigned done = lane - shift;
      uint64_t low = lanes_of(lane, done), high = mask & ~low;
      memcpy(next, (const uint8_t *)packed + 128 * (word + 1), 128);
      for (unsigned i = 0; i < row_words; i++) out[i] = ((in[i] >> shift) & low) | ((next[i] << done) & high);
    }
    memcpy((uint8_t *)values + 128 * row, out, 128);
  }
}

/// Bytes of a value: 0 for 0.
static inline unsigned length_of(uint64_t value) { return value ? 8 - (unsigned)__builtin_clzll(value) / 8 : 0; }

void column_byte_lengths(const uint64_t *values, size_t count, size_t histogram[9]) {
  memset(histogram, 0, 9 * sizeof(size_t));
  for (size_t i = 0; i < count; i++) histogram[length_of(values[i])]++;
}

size_t column_write_bytes(const uint64_t *values, size_t count, const uint8_t lengths[4], uint8_t *controls, uint8_t *data) {
  uint64_t limits[3];
  for (unsigned code = 0; code < 3; code++)
    limits[code] = lengths[code] >= 8 ? UINT64_MAX : ((uint64_t)1 << (8 * lengths[code])) - 1;
  uint8_t *to = data;
  for (size_t i = 0; i < count; i += 4) {
    unsigned control = 0;
    for (size_t j = 0; j < 4 && i + j < count; j++) {
      uint64_t value = values[i + j];
      unsigned code = (unsigned)(value > limits[0]) + (unsigned)(value > limits[1]) + (unsigned)(value > limits[2]);
      memcpy(to, &value, 8);
      to += lengths[code];
      control |= code << (2 * j);
    }
    controls[i / 4] = (uint8_t)control;
  }
  return (size_t)(to - data);
}

size_t column_sum_bytes(const uint8_t *controls, size_t count, const uint8_t lengths[4]) {
  uint8_t sums[256];
  for (unsigned control = 0; control < 256; control++)
    sums[control] = (uint8_t)(lengths[control & 3] + lengths[control >> 2 & 3] + lengths[control >> 4 & 3] + lengths[control >> 6]);
  size_t sum = 0;
  for (size_t i = 0; i < count / 4; i++) sum += sums[controls[i]];
  for (size_t i = count / 4 * 4; i < count; i++) sum += lengths[controls[i / 4] >> (i % 4 * 2) & 3];
  return sum;
}

/// Where the four values of each control byte begin, and where the next ones do.
typedef struct {
  uint64_t masks[4];
  uint8_t lengths[4];
  uint8_t begins[256][4];
} byte_table;

static void make_table(byte_table *table, const uint8_t lengths[4]) {
  memcpy(table->lengths, lengths, 4);
  for (unsigned code = 0; code < 4; code++)
    table->masks[code] = lengths[code] >= 8 ? UINT64_MAX : ((uint64_t)1 << (8 * lengths[code])) - 1;
  for (unsigned control = 0; control < 256; control++) {
    unsigned sum = 0;
    for (unsigned i = 0; i < 4; i++) table->begins[control][i] = (uint8_t)(sum += lengths[control >> (2 * i) & 3]);
  }
}

/// As `column_read_bytes`, from a value whose control bits are the lowest of its byte.
static inline const uint8_t *read_values(const byte_table *table, const uint8_t *controls, const uint8_t *data, size_t count,
                                         uint64_t *values) {
  size_t i = 0;
  for (; i + 4 <= count; i += 4) {
    unsigned control = controls[i / 4];
    const uint8_t *begins = table->begins[control];
    uint64_t words[4];
    memcpy(&words[0], data, 8);
    memcpy(&words[1], data + begins[0], 8);
    memcpy(&words[2], data + begins[1], 8);
    memcpy(&words[3], data + begins[2], 8);
    values[i] = words[0] & table->masks[control & 3];
    values[i + 1] = words[1] & table->masks[control >> 2 & 3];
    values[i + 2] = words[2] & table->masks[control >> 4 & 3];
    values[i + 3] = words[3] & table->masks[control >> 6];
    data += begins[3];
  }
  for (; i < count; i++) {
    unsigned code = controls[i / 4] >> (i % 4 * 2) & 3;
    uint64_t word;
    memcpy(&word, data, 8);
    values[i] = word & table->masks[code];
    data += table->lengths[code];
  }
  return data;
}

size_t column_read_bytes(const uint8_t *controls, const uint8_t *data, size_t count, const uint8_t lengths[4],
                         uint64_t *values) {
  byte_table table;
  make_table(&table, lengths);
  return (size_t)(read_values(&table, controls, data, count, values) - data);
}

int column_divide(const int64_t *instants, size_t count, int64_t base, uint64_t unit, uint64_t *quotients) {
  // Division without a rest is a multiplication by the inverse of the odd part modulo 2^64, and there is a rest just where
  // the product is too large (Warren, Hacker's Delight, 10-17).
  unsigned twos = (unsigned)__builtin_ctzll(unit);
  uint64_t odd = unit >> twos, inverse = odd, rests = ((uint64_t)1 << twos) - 1;
  for (int step = 0; step < 5; step++) inverse *= 2 - odd * inverse;
  uint64_t largest = UINT64_MAX / odd;
  for (size_t done = 0; done < count; done += block_values) {
    size_t end = count - done < block_values ? count : done + block_values;
    uint64_t has_rest = 0;
    for (size_t i = done; i < end; i++) {
      uint64_t difference = (uint64_t)instants[i] - (uint64_t)base, quotient = (difference >> twos) * inverse;
      has_rest |= (difference & rests) | (uint64_t)(quotient > largest);
      quotients[i] = quotient;
    }
    if (has_rest) return 0;
  }
  return 1;
}

void column_differences(uint64_t *quotients, size_t count, uint64_t mask) {
  uint64_t before = 0;
  for (size_t i = 0; i < count; i++) {
    uint64_t quotient = quotients[i];
    quotients[i] = (quotient - before) & mask;
    before = quotient;
  }
}

int column_read_instants(const uint8_t *controls, const uint8_t *data, size_t count, const uint8_t lengths[4], int64_t base,
                         uint64_t unit, uint64_t mask, uint64_t room, int64_t *instants) {
  byte_table table;
  make_table(&table, lengths);
  uint64_t steps[block_values], sum = 0, is_over = 0;
  for (size_t done = 0; done < count; done += block_values) {
    size_t size = count - done < block_values ? count - done : block_values;
    data = read_values(&table, controls + done / 4, data, size, steps);
    for (size_t i = 0; i < size; i++) {
      sum += steps[i];
      uint64_t quotient = sum & mask;
      is_over |= (uint64_t)(quotient > room);
      instants[done + i] = (int64_t)((uint64_t)base + quotient * unit);
    }
  }
  return is_over != 0;
}
