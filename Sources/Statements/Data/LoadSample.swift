import Language

/// `load sample NAME`: loads a built-in map with events.
package enum LoadSampleStatement {
  static let form = Form(
    "load sample", in: .data,
    ["load", "sample", .slot("name", .name(.sample))],
    summary: "load a built-in map with events to try things on",
    meaning: """
      The sample shop sells fashion accessories: a map of five stages and the events of 20,000 simulated \
      customers, the same on every machine.
      """,
    examples: [
      "load sample shop",
      "load sample \"shop\"",
    ])
}
