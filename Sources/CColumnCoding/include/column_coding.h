// Packing integers, and unpacking them: what is too hot for checked loops. Nothing here allocates; the caller says where and
// how much, and has checked that the bytes are as many as the count needs.
#ifndef COLUMN_CODING_H
#define COLUMN_CODING_H

#include <stddef.h>
#include <stdint.h>

// --- Codes of a fixed number of bits ---
//
// Blocks of 1024 values. A value has `lane` bits in memory (8, 16, 32 or 64) and `width` <= lane in a block, which takes
// 128 * width bytes. The layout is the interleaved one of FastLanes (Afroozeh and Boncz, VLDB 2023): the block is `lane`
// rows of 1024 bits, and a packed row holds the same bits of all lanes, so that shifts and masks of whole words unpack it.

/// Packs the 1024 values of `lane` bits at `values`; bits above `width` must be zero.
void column_pack_block(unsigned lane, unsigned width, const void *values, void *packed);
/// The opposite; reads 128 * width bytes, writes 128 * lane.
void column_unpack_block(unsigned lane, unsigned width, const void *packed, void *values);

// --- Integers of a varying number of bytes ---
//
// As stream vbyte (Lemire, Kurz, Rupp 2018), with four lengths of the column's own choice instead of 1 to 4: two bits a value
// say which, four values to a control byte, the first in the lowest bits; the values' bytes follow by themselves.

/// How many of the values take 0, 1, … 8 bytes.
void column_byte_lengths(const uint64_t *values, size_t count, size_t histogram[9]);
/// Writes (count + 3) / 4 control bytes and the values, and gives the number of value bytes. Each value must fit the last
/// of `lengths`, which increase. Up to 8 bytes are written behind the last value.
size_t column_write_bytes(const uint64_t *values, size_t count, const uint8_t lengths[4], uint8_t *controls, uint8_t *data);
/// The number of value bytes that the control bytes ask for.
size_t column_sum_bytes(const uint8_t *controls, size_t count, const uint8_t lengths[4]);
/// Reads `count` values. 8 bytes behind the last value must be readable. Gives the number of value bytes read.
size_t column_read_bytes(const uint8_t *controls, const uint8_t *data, size_t count, const uint8_t lengths[4], uint64_t *values);

// --- Instants ---

/// (instants[i] - base) / unit for each; gives 1 if none leaves a rest, else 0 and the quotients mean nothing. No instant is
/// before `base`.
int column_divide(const int64_t *instants, size_t count, int64_t base, uint64_t unit, uint64_t *quotients);
/// Turns quotients into the differences from the one before, modulo mask + 1; the first into that from 0.
void column_differences(uint64_t *quotients, size_t count, uint64_t mask);
/// The opposite of both, from differences of a varying number of bytes: base + (sum modulo mask + 1) * unit. `room` is the
/// largest sum that may come up. Gives 0, or 1 if one exceeds it; nothing is read or written then that would not be else.
int column_read_instants(const uint8_t *controls, const uint8_t *data, size_t count, const uint8_t lengths[4], int64_t base,
                         uint64_t unit, uint64_t mask, uint64_t room, int64_t *instants);

#endif
