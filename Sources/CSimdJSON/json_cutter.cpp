#include "json_cutter.h"

#include <cstring>
#include <deque>
#include <new>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace {

constexpr uint32_t none = UINT32_MAX;
/// Objects within objects; deeper ones are not plain.
constexpr int deepest = 8;
/// Names that are remembered; data used as names does not fill the memory.
constexpr size_t most_nodes = 16384;
constexpr uint64_t every = 0x0101010101010101;
constexpr uint64_t highs = 0x80 * every;

struct Column {
  uint32_t index;
  uint32_t may;
};

/// A name within the names that lead to it.
struct Node {
  std::string name;
  std::string path;
  Column column = {none, 0};
  std::vector<uint32_t> children;
  /// By name.
  std::unordered_map<std::string_view, uint32_t> index;
  /// The child that comes next if this line is like the one before it.
  size_t expected = 0;
};

inline bool isBlank(char byte) { return byte == ' ' || byte == '\t' || byte == '\r'; }
/// Whether the byte may stand between the objects of an array.
inline bool isBetween(char byte) { return uint8_t(byte) <= ' ' || byte == ',' || byte == '[' || byte == ']'; }
inline bool isDigit(char byte) { return uint8_t(byte - '0') < 10; }

/// The high bit of the lowest zero byte is the lowest bit set; none is if no byte is zero (Mycroft 1987).
inline uint64_t zeroBytes(uint64_t word) { return (word - every) & ~word & highs; }

}  // namespace

struct json_cutter {
  size_t columns;
  std::unordered_map<std::string, Column> known;
  /// The first is the object of the line. A deque, so that names stay where they are.
  std::deque<Node> nodes = std::deque<Node>(1);
  /// Per column: the row in which it came last.
  std::vector<uint64_t> seen;
  uint64_t row = 0;
  uint64_t high = 0;

  const char *bytes;
  const char *end;
  json_span *cells;

  const char *object(const char *at, uint32_t node, int depth);
  const char *value(const char *at, uint32_t node, int depth);
  const char *list(const char *at, int depth);
  const char *text(const char *at);
  const char *number(const char *at, uint32_t &kind);
  const char *put(const char *start, const char *stop, const char *next, uint32_t kind, uint32_t node);
  const char *blanks(const char *at) const {
    while (isBlank(*at)) at++;
    return at;
  }
  uint32_t child(uint32_t node, std::string_view name);
};

uint32_t json_cutter::child(uint32_t parent, std::string_view name) {
  Node &node = nodes[parent];
  if (node.expected < node.children.size()) {
    const uint32_t next = node.children[node.expected];
    if (nodes[next].name == name) {
      node.expected++;
      return next;
    }
  }
  auto found = node.index.find(name);
  uint32_t child = none;
  if (found != node.index.end()) {
    child = found->second;
  } else {
    if (nodes.size() == most_nodes || node.path.size() + name.size() >= json_longest_name) return none;
    child = uint32_t(nodes.size());
    Node &made = nodes.emplace_back();
    made.name = name;
    made.path = parent == 0 ? made.name : node.path + "." + made.name;
    auto column = known.find(made.path);
    if (column != known.end()) made.column = column->second;
    node.children.push_back(child);
    node.index.emplace(made.name, child);
  }
  // The one behind it comes next, most likely: a name was left out.
  size_t place = node.expected;
  while (place < node.children.size() && node.children[place] != child) place++;
  if (place < node.children.size()) node.expected = place + 1;
  return child;
}

/// From behind an opening quote to the closing one; NULL for an escape or a control character.
const char *json_cutter::text(const char *at) {
  while (at < end) {
    uint64_t word;
    std::memcpy(&word, at, 8);
    // Bytes below 0x20, quotes and backslashes.
    const uint64_t hits = zeroBytes(word ^ '"' * every) | zeroBytes(word ^ '\\' * every) |
                          ((word - 0x20 * every) & ~word & highs);
    if (hits == 0) {
      high |= word & highs;
      at += 8;
      continue;
    }
    const int place = __builtin_ctzll(hits) / 8;
    high |= word & highs & ((uint64_t(1) << (8 * place)) - 1);
    at += place;
    return *at == '"' && at < end ? at : nullptr;
  }
  return nullptr;
}

const char *json_cutter::number(const char *at, uint32_t &kind) {
  const char *start = at;
  if (*at == '-') at++;
  const char *digits = at;
  if (!isDigit(*at)) return nullptr;
  while (isDigit(*at)) at++;
  if (*digits == '0' && at - digits > 1) return nullptr;
  size_t count = size_t(at - digits);
  kind = json_may_whole;
  if (*at == '.') {
    const char *fraction = ++at;
    while (isDigit(*at)) at++;
    if (at == fraction) return nullptr;
    count += size_t(at - fraction);
    kind = json_may_fraction;
  } else if (*digits == '0' && digits != start) {
    return nullptr;
  }
  return count <= 15 && *at != 'e' && *at != 'E' ? at : nullptr;
}

/// Gives the column of a name a value; NULL if it has none, had one already, or may not have this.
const char *json_cutter::put(const char *start, const char *stop, const char *next, uint32_t kind, uint32_t node) {
  const Column column = nodes[node].column;
  if (column.index == none || seen[column.index] == row) return nullptr;
  seen[column.index] = row;
  if (start == stop) return next;
  if ((column.may & kind) == 0) return nullptr;
  cells[column.index] = {uint32_t(start - bytes), uint32_t(stop - bytes)};
  return next;
}

/// From behind an opening bracket to behind the closing one.
const char *json_cutter::list(const char *at, int depth) {
  if (*at == ']') return at + 1;
  while (true) {
    uint32_t kind = json_may_whole;
    switch (*at) {
    case '"':
      at = text(at + 1);
      if (at) at++;
      break;
    case '[': at = depth < deepest ? list(at + 1, depth + 1) : nullptr; break;
    case 't': at = std::memcmp(at, "true", 4) == 0 ? at + 4 : nullptr; break;
    case 'f': at = std::memcmp(at, "false", 5) == 0 ? at + 5 : nullptr; break;
    case 'n': at = std::memcmp(at, "null", 4) == 0 ? at + 4 : nullptr; break;
    default: at = number(at, kind);
    }
    if (!at || kind != json_may_whole) return nullptr;
    if (*at == ']') return at + 1;
    if (*at++ != ',') return nullptr;
  }
}

const char *json_cutter::value(const char *at, uint32_t node, int depth) {
  const char *stop;
  uint32_t kind = 0;
  switch (*at) {
  case '"':
    stop = text(at + 1);
    return stop ? put(at + 1, stop, stop + 1, json_may_text, node) : nullptr;
  case '{': return depth < deepest ? object(at + 1, node, depth + 1) : nullptr;
  case '[':
    stop = blanks(at + 1);
    if (*stop == ']') return put(at, at, stop + 1, 0, node);
    stop = list(at + 1, depth);
    return stop ? put(at, stop, stop, json_may_list, node) : nullptr;
  case 't': return std::memcmp(at, "true", 4) == 0 ? put(at, at + 4, at + 4, json_may_truth, node) : nullptr;
  case 'f': return std::memcmp(at, "false", 5) == 0 ? put(at, at + 5, at + 5, json_may_truth, node) : nullptr;
  case 'n': return std::memcmp(at, "null", 4) == 0 ? put(at, at, at + 4, 0, node) : nullptr;
  default:
    stop = number(at, kind);
    return stop ? put(at, stop, stop, kind, node) : nullptr;
  }
}

/// From behind an opening brace to behind the closing one, which may lie behind the end; NULL for what is not plain. Blanks
/// and digits are passed over without a look at the end: the zeros behind it are neither.
const char *json_cutter::object(const char *at, uint32_t node, int depth) {
  nodes[node].expected = 0;
  at = blanks(at);
  if (*at == '}') return at + 1;
  while (*at == '"') {
    const char *name = at + 1;
    at = text(name);
    if (!at) return nullptr;
    const uint32_t named = child(node, std::string_view(name, size_t(at - name)));
    if (named == none) return nullptr;
    at = blanks(at + 1);
    if (*at != ':') return nullptr;
    at = value(blanks(at + 1), named, depth);
    if (!at) return nullptr;
    at = blanks(at);
    if (*at == '}') return at + 1;
    if (*at != ',') return nullptr;
    at = blanks(at + 1);
  }
  return nullptr;
}

extern "C" {

json_cutter *json_cutter_create(size_t columns) {
  json_cutter *cutter = new (std::nothrow) json_cutter;
  if (!cutter) return nullptr;
  cutter->columns = columns;
  cutter->seen.assign(columns, 0);
  return cutter;
}

void json_cutter_free(json_cutter *cutter) { delete cutter; }

void json_cutter_add(json_cutter *cutter, const char *path, size_t length, uint32_t column, uint32_t may) {
  cutter->known[std::string(path, length)] = {column, may};
}

json_cut json_cutter_cut(
  json_cutter *cutter, const char *bytes, size_t start, size_t end, bool are_lines, json_span *cells, json_span *rows,
  size_t capacity) {
  json_cut cut = {0, start, 0, false};
  cutter->bytes = bytes;
  cutter->end = bytes + end;
  while (cut.rows < capacity) {
    size_t place = cut.next;
    size_t lines = cut.lines;
    while (!are_lines && place < end && isBetween(bytes[place])) lines += bytes[place++] == '\n';
    if (place >= end || bytes[place] != '{') break;
    cutter->row++;
    cutter->high = 0;
    cutter->cells = cells + cut.rows * cutter->columns;
    std::memset(cutter->cells, 0, cutter->columns * sizeof(json_span));
    const char *at = cutter->object(bytes + place + 1, 0, 1);
    if (!at) break;
    if (are_lines) {
      at = cutter->blanks(at);
      if (*at++ != '\n') break;
    }
    // What is behind the end is no part of it, whatever it looks like.
    if (at > cutter->end) break;
    rows[cut.rows] = {uint32_t(place), uint32_t(lines)};
    cut.rows++;
    cut.next = size_t(at - bytes);
    cut.lines = lines + are_lines;
    cut.has_high_bytes = cut.has_high_bytes || cutter->high != 0;
  }
  return cut;
}

}  // extern "C"
