/// A text format of events. All carry exact values; JSON lines also carry kinds.
package enum EventTextFormat: String, Sendable, CaseIterable {
  case csv, tsv, jsonl
}
