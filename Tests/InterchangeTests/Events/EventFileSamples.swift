import EventStore
import Foundation
import JourneyTime
import SourceText
import Synchronization
import Testing

@testable import Interchange

/// A file with these bytes for as long as `body` runs, called `events.csv` unless told otherwise.
func withFile<Result>(_ bytes: [UInt8], name: String = "events.csv", _ body: (String) throws -> Result) throws -> Result
{
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("event-file-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let path = folder.appendingPathComponent(name).path
  try Data(bytes).write(to: URL(fileURLWithPath: path))
  return try body(path)
}

func loaded(_ text: String, _ options: LoadOptions = LoadOptions(maxBadShare: 1)) throws -> LoadedEvents {
  try withFile(Array(text.utf8)) { try EventFile(path: $0).load(options) }
}

extension LoadedEvents {
  /// The store, with all its buckets in memory; empty if they cannot be made.
  var store: EventStore { (try? EventStore(draft)) ?? EventStore(schema: StoreSchema(), buckets: []) }
}

/// Stops a load when it has asked that often whether to go on.
func stopping(after asks: Int) -> LoadProgress {
  let asked = Atomic(0)
  return LoadProgress(isStopped: { asked.wrappingAdd(1, ordering: .relaxed).newValue > asks })
}

/// The diagnostic a load ends with; fails the test if it does not.
func failure(
  _ bytes: [UInt8], _ options: LoadOptions = LoadOptions(), location: SourceLocation = #_sourceLocation
) throws -> Diagnostic {
  let error = try withFile(bytes) { path in
    #expect(throws: Diagnostic.self, sourceLocation: location) { try EventFile(path: path).load(options) }
  }
  return try #require(error, sourceLocation: location)
}

func failure(
  _ text: String, _ options: LoadOptions = LoadOptions(), location: SourceLocation = #_sourceLocation
) throws -> Diagnostic {
  try failure(Array(text.utf8), options, location: location)
}

extension Diagnostic {
  /// `place: message [code]`
  var line: String { "\(place.map { $0 + ": " } ?? "")\(message) [\(code)]" }
}

extension EventStore {
  /// One line per event by (customer id, canonical order): `u1 2024-01-01T00:00:00Z view 2 k=v` with the order if there
  /// is one, and the properties that are not missing.
  var lines: [String] {
    var journeys: [(customer: String, lines: [String])] = []
    for bucket in buckets {
      for (index, customer) in bucket.customers.enumerated() {
        let lines = (Int(bucket.offsets[index])..<Int(bucket.offsets[index + 1])).map { row in
          var parts = [customer, Instant(microseconds: bucket.instants[row]).iso, schema.events[bucket.events[row]]]
          if let orders = bucket.orders { parts.append(PropertyValue.number(orders[row]).text) }
          for (property, entry) in schema.properties.enumerated() {
            if let value = bucket.value(of: property, at: row, in: schema) {
              parts.append("\(entry.name)=\(value.text)")
            }
          }
          return parts.joined(separator: " ")
        }
        journeys.append((customer, lines))
      }
    }
    return journeys.sorted { $0.customer.utf8.lexicographicallyPrecedes($1.customer.utf8) }.flatMap(\.lines)
  }
}
