import Language

/// `note TEXT [on KIND NAME]`.
package enum NoteStatement {
  static let form = Form(
    "note", in: .map,
    ["note", .slot("text", .text), .optional(["on", .kind, .element])],
    summary: "write a note on the map or on something on it",
    meaning: """
      Notes are kept in their order and come along in exports.
      """,
    examples: [
      "note \"second workshop\"",
      "note \"ask Legal\" on stage Purchase",
    ])
}
