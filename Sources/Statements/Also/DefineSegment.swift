import Language

/// `define segment NAME as PEOPLE`.
package enum DefineSegmentStatement {
  static let form = Form(
    "define segment", in: .also,
    ["define", "segment", .slot("name", .name(.new)), "as", .slot("people", .people)],
    summary: "name a group of people to use in for and between",
    meaning: """
      The test looks at whole journeys, before where and during. Defining the name again replaces it.
      """,
    examples: [
      "define segment mobile as device = mobile",
      "define segment loyal as did purchase 3 or more times",
    ])
}
