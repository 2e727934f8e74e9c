import Language

/// `forget events|map NAME`: drops a store or a map.
package enum ForgetStatement {
  static let form = Form(
    "forget", in: .data,
    [
      "forget",
      .choice([["events", .slot("name", .name(.store))], ["map", .slot("name", .name(.map))]]),
    ],
    summary: "drop events or a map from the workspace",
    meaning: """
      Files it was loaded from are left alone. Saved results that were asked of it stay as they are.
      """,
    examples: [
      "forget events shop",
      "forget map shop",
    ])
}
