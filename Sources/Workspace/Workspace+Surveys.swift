import EventStore
import GRDB
import JourneyTime

/// What is told of a survey without its answers.
package struct StoredSurvey: Hashable, Sendable {
  package var name: String
  /// `nps`, `csat` or `ces`.
  package var scale: String
  package var answers: Int
  /// What answers carry beside score, comment, touchpoint and channel.
  package var details: [RowDetail]
}

/// What somebody answered.
package struct AnswerRow: Sendable {
  /// Nil where nobody is named.
  package var customer: String?
  package var at: Instant
  package var score: Int
  package var comment: String?
  package var touchpoint: String?
  package var channel: String?
  package var values: [(name: String, value: PropertyValue)]

  package init(
    customer: String?, at: Instant, score: Int, comment: String?, touchpoint: String?, channel: String?,
    values: [(name: String, value: PropertyValue)]
  ) {
    (self.customer, self.at, self.score, self.comment) = (customer, at, score, comment)
    (self.touchpoint, self.channel, self.values) = (touchpoint, channel, values)
  }
}

/// Surveys, each under a name; one is in use.
extension Workspace {
  /// In the order they were first loaded.
  package func surveys() throws(WorkspaceError) -> [StoredSurvey] {
    try read { database in
      guard try hasPeople(database) else { return [] }
      let rows = try read(.survey, database, isAll: true, "ORDER BY position, name") { _ in .rows(table: "survey") }
      return try rows.map { row in
        let name = try row.text("name")
        return StoredSurvey(
          name: name, scale: try row.text("scale"), answers: try SummedTable.answer.of(name).count(database),
          details: try details(of: Self.owner(name), database))
      }
    }
  }

  private static func owner(_ survey: String) -> String { "survey \(survey)" }

  /// The survey that statements mean: the one last loaded or used; nil where there is none.
  package func activeSurveyName() throws(WorkspaceError) -> String? {
    let names = try surveys().map(\.name)
    guard !names.isEmpty else { return nil }
    let active = try read { try setting(.activeSurvey, $0) }
    return active.flatMap { names.contains($0) ? $0 : nil } ?? (names.count == 1 ? names[0] : nil)
  }

  package func useSurvey(_ name: String) throws(WorkspaceError) {
    try write { try set(.activeSurvey, to: name, $0) }
  }

  /// Adds answers to a survey, which is made where there is none of the name, and puts it in use.
  package func addAnswers(
    _ rows: some Sequence<AnswerRow>, scale: String, _ details: [RowDetail], unknown: Set<String> = [],
    to name: String, from source: LoadedSource
  ) throws(WorkspaceError) {
    try write { database in
      let known = try read(.survey, database, isAll: true) { _ in .rows(table: "survey") }
      let old = try known.first { try $0.text("name") == name }
      let position = try old?.integer("position") ?? (known.map { try $0.integer("position") }.max() ?? 0) &+ 1
      try SealedTable.survey.insert(
        [name.cell, position.databaseValue, scale.databaseValue], replacing: true, into: database)
      let owner = Self.owner(name)
      try set(RowDetail.united(self.details(of: owner, database), details, unknown: unknown), of: owner, database)
      let table = SummedTable.answer.of(name)
      var number = try table.lastNumber(database)
      try table.change(database, interruption) { change in
        for row in rows {
          number &+= 1
          try change.add(row.cells(of: name, number))
        }
      }
      try insert(source, database)
      try set(.activeSurvey, to: name, database)
    }
  }

  /// Answers in the order of their load.
  package func answers(of name: String) throws(WorkspaceError) -> [AnswerRow] {
    try read { database in
      var answers: [AnswerRow] = []
      let details = try details(of: Self.owner(name), database)
      let isWhole = try SummedTable.answer.of(name).each(database, interruption) { cells in
        let values = try values(cells[8], of: .answer).compactMap { found in
          details.first { $0.name == found.name }.flatMap { $0.value(found.value) }.map { (found.name, $0) }
        }
        guard let at = Self.text(cells[3]).flatMap({ Instant(cellText: $0) }),
          let score = Int.fromDatabaseValue(cells[4])
        else { throw damage(of: .answer) }
        answers.append(
          AnswerRow(
            customer: Self.text(cells[2]), at: at, score: score, comment: Self.text(cells[5]),
            touchpoint: Self.text(cells[6]), channel: Self.text(cells[7]), values: values))
      }
      if !isWhole { note(.rows(table: "answer"), state: answers.count) }
      return answers
    }
  }

  /// Takes a survey and its answers away.
  package func forgetSurvey(_ name: String) throws(WorkspaceError) {
    try write { database in
      try SummedTable.answer.of(name).clear(database)
      try SealedTable.survey.delete(from: database, "WHERE name = ?", [name.cell])
      try set([], of: Self.owner(name), database)
      try SealedTable.source.delete(from: database, "WHERE kind = 'survey' AND store = ?", [name.cell])
    }
  }
}

extension AnswerRow {
  fileprivate func cells(of survey: String, _ number: Int) -> [DatabaseValue] {
    [
      survey.cell, number.databaseValue, customer?.cell ?? .null, at.cellText.databaseValue, score.databaseValue,
      comment?.cell ?? .null, touchpoint?.cell ?? .null, channel?.cell ?? .null, FlatObject.text(values).databaseValue,
    ]
  }
}
