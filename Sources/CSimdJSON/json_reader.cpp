#include "json_reader.h"

#include <charconv>
#include <deque>
#include <new>
#include <simdjson.h>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

using simdjson::dom::element;
using simdjson::dom::element_type;

namespace {

constexpr uint32_t none = UINT32_MAX;
/// Whole numbers up to here are doubles.
constexpr int64_t exact = int64_t(1) << 53;
/// Children of a node that are looked through one by one.
constexpr size_t few = 12;
/// Names that are remembered, those that lead to no value too: data used as names does not fill the memory.
constexpr size_t most_nodes = 65536;

/// A name within the names that lead to it.
struct Node {
  std::string name;
  uint32_t path = none;
  std::vector<uint32_t> children;
  /// By name, once there are more than a few.
  std::unordered_map<std::string_view, uint32_t> index;
  /// The child that comes next if this document is like the one before it.
  size_t expected = 0;
};

}  // namespace

struct json_reader {
  simdjson::dom::parser parser;
  /// The first is the document itself. A deque, so that names stay where they are.
  std::deque<Node> nodes = std::deque<Node>(1);
  std::deque<std::string> paths;
  std::vector<json_cell> cells;
  /// Texts made for the document being read.
  std::deque<std::string> texts;
  std::string padded;
  /// Some text of the document has a zero byte in it, which nothing that keeps texts can take.
  bool hasZero = false;
  /// Some name of the document, with those that lead to it, has more than `json_longest_name` bytes.
  bool hasLongName = false;
  bool isFull = false;

  uint32_t child(uint32_t parent, std::string_view name, const std::string &prefix);
  uint32_t pathOf(uint32_t node, const std::string &prefix);
  void take(element value, uint32_t node, const std::string &prefix);
  void takeNamedValues(simdjson::dom::array list, uint32_t node, const std::string &prefix);
  void put(uint32_t path, uint32_t kind, std::string_view text, double number = 0);
  void putWhole(uint32_t path, int64_t number);
};

/// `none` for a name that is too long, or one too many.
uint32_t json_reader::child(uint32_t parent, std::string_view name, const std::string &prefix) {
  Node &node = nodes[parent];
  if (node.expected < node.children.size() && nodes[node.children[node.expected]].name == name) {
    return node.children[node.expected++];
  }
  uint32_t found = none;
  if (node.children.size() > few) {
    auto known = node.index.find(name);
    if (known != node.index.end()) found = known->second;
  } else {
    for (uint32_t child : node.children) {
      if (nodes[child].name == name) found = child;
    }
  }
  if (found == none) {
    if (prefix.size() + name.size() > size_t(json_longest_name)) {
      hasLongName = true;
      return none;
    }
    if (nodes.size() == most_nodes) {
      isFull = true;
      return none;
    }
    found = uint32_t(nodes.size());
    if (name.find('\0') != std::string_view::npos) hasZero = true;
    nodes.emplace_back().name = name;
    node.children.push_back(found);
    if (node.children.size() == few + 1) {
      for (uint32_t child : node.children) node.index.emplace(nodes[child].name, child);
    } else if (node.children.size() > few) {
      node.index.emplace(nodes[found].name, found);
    }
    node.expected = node.children.size();
  } else {
    // The one behind it comes next, most likely: a name was left out.
    size_t place = node.expected;
    while (place < node.children.size() && node.children[place] != found) place++;
    if (place < node.children.size()) node.expected = place + 1;
  }
  return found;
}

uint32_t json_reader::pathOf(uint32_t node, const std::string &prefix) {
  if (nodes[node].path == none) {
    nodes[node].path = uint32_t(paths.size());
    paths.push_back(prefix + nodes[node].name);
  }
  return nodes[node].path;
}

void json_reader::put(uint32_t path, uint32_t kind, std::string_view text, double number) {
  if (text.find('\0') != std::string_view::npos) hasZero = true;
  cells.push_back(json_cell{text.data(), text.size(), number, path, kind});
}

void json_reader::putWhole(uint32_t path, int64_t number) {
  if (number >= -exact && number <= exact) return put(path, json_number, {}, double(number));
  put(path, json_big, texts.emplace_back(std::to_string(number)));
}

/// Whether this is a list as BigQuery has it in exports of GA4: `{"key": "page", "value": {"string_value": "/"}}` …
static bool isNamedValues(simdjson::dom::array list) {
  if (list.size() == 0) return false;
  for (element each : list) {
    simdjson::dom::object value;
    if (each["key"].type().error() || !each["key"].is_string() || each["value"].get(value)) return false;
    for (auto field : value) {
      if (field.key != "string_value" && field.key != "int_value" && field.key != "float_value" &&
          field.key != "double_value" && field.key != "set_timestamp_micros") {
        return false;
      }
    }
  }
  return true;
}

/// Each value under its key. The one that is not null counts; BigQuery writes whole numbers as strings.
void json_reader::takeNamedValues(simdjson::dom::array list, uint32_t node, const std::string &prefix) {
  nodes[node].expected = 0;
  const std::string inner = prefix + nodes[node].name + ".";
  for (element each : list) {
    const std::string_view key = each["key"].get_string().value_unsafe();
    const uint32_t named = child(node, key, inner);
    if (named == none) return;
    const simdjson::dom::object value = each["value"].get_object().value_unsafe();
    for (auto field : value) {
      if (field.value.is_null() || field.key == "set_timestamp_micros") continue;
      std::string_view digits;
      int64_t number;
      if (field.key == "int_value" && !field.value.get(digits)) {
        auto end = digits.data() + digits.size();
        auto read = std::from_chars(digits.data(), end, number);
        if (read.ec == std::errc() && read.ptr == end) {
          putWhole(pathOf(named, inner), number);
          continue;
        }
      }
      take(field.value, named, inner);
    }
  }
}

void json_reader::take(element value, uint32_t node, const std::string &prefix) {
  switch (value.type()) {
  case element_type::OBJECT: {
    nodes[node].expected = 0;
    const std::string inner = node == 0 ? std::string() : prefix + nodes[node].name + ".";
    const simdjson::dom::object object(value);
    for (auto field : object) {
      const uint32_t named = child(node, field.key, inner);
      if (named == none) return;
      take(field.value, named, inner);
    }
    break;
  }
  case element_type::ARRAY: {
    simdjson::dom::array list(value);
    if (isNamedValues(list)) return takeNamedValues(list, node, prefix);
    if (list.size() == 0) return put(pathOf(node, prefix), json_null, {});
    put(pathOf(node, prefix), json_array, texts.emplace_back(simdjson::minify(list)));
    break;
  }
  case element_type::STRING: put(pathOf(node, prefix), json_text, value.get_string().value_unsafe()); break;
  case element_type::INT64: putWhole(pathOf(node, prefix), value.get_int64().value_unsafe()); break;
  case element_type::UINT64:
    // Beyond 2^63: smaller ones are signed.
    put(pathOf(node, prefix), json_big, texts.emplace_back(std::to_string(value.get_uint64().value_unsafe())));
    break;
  case element_type::DOUBLE: put(pathOf(node, prefix), json_number, {}, value.get_double().value_unsafe()); break;
  case element_type::BOOL: put(pathOf(node, prefix), json_truth, {}, value.get_bool().value_unsafe() ? 1 : 0); break;
  case element_type::NULL_VALUE: put(pathOf(node, prefix), json_null, {}); break;
  }
}

static const char *reason(simdjson::error_code code) {
  switch (code) {
  case simdjson::UTF8_ERROR: return "not UTF-8";
  case simdjson::UNCLOSED_STRING: return "a string is not closed";
  case simdjson::DEPTH_ERROR: return "nested too deep";
  case simdjson::STRING_ERROR: return "a string with an escape that does not exist";
  case simdjson::UNESCAPED_CHARS: return "a control character in a string";
  case simdjson::NUMBER_ERROR: return "a number that cannot be read";
  case simdjson::T_ATOM_ERROR:
  case simdjson::F_ATOM_ERROR:
  case simdjson::N_ATOM_ERROR: return "a word that is not true, false or null";
  case simdjson::CAPACITY:
  case simdjson::MEMALLOC: return "too long";
  default: return "no whole JSON object";
  }
}

extern "C" {

json_reader *json_reader_create(void) { return new (std::nothrow) json_reader; }

void json_reader_free(json_reader *reader) { delete reader; }

json_cells json_reader_read(json_reader *reader, const char *bytes, size_t length, size_t readable) {
  reader->cells.clear();
  reader->texts.clear();
  reader->hasZero = reader->hasLongName = false;
  if (readable < length + simdjson::SIMDJSON_PADDING) {
    reader->padded.assign(bytes, length);
    reader->padded.append(simdjson::SIMDJSON_PADDING, ' ');
    bytes = reader->padded.data();
  }
  element document;
  if (auto error = reader->parser.parse(bytes, length, false).get(document)) return {nullptr, 0, reason(error)};
  if (document.type() != element_type::OBJECT) return {nullptr, 0, "no object"};
  reader->take(document, 0, std::string());
  if (reader->hasLongName) return {nullptr, 0, "a name is too long"};
  if (reader->isFull) return {nullptr, 0, "too many names"};
  if (reader->hasZero) return {nullptr, 0, "a NUL byte"};
  return {reader->cells.data(), reader->cells.size(), nullptr};
}

bool json_reader_is_full(const json_reader *reader) { return reader->isFull; }

size_t json_reader_path_count(const json_reader *reader) { return reader->paths.size(); }

const char *json_reader_path(const json_reader *reader, size_t path, size_t *length) {
  *length = reader->paths[path].size();
  return reader->paths[path].data();
}

}  // extern "C"
