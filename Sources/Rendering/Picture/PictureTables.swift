import JourneyModel
import JourneyQuery

/// All that the picture says, as tables that screen readers and search can follow.
struct PictureTables {
  let content: PictureContent

  /// A column of rows' texts; empty ones are left out of the table.
  private struct Table {
    var caption: String
    var columns: [String]
    /// Each has one text per column; the first names the row.
    var rows: [[String]]
    /// Columns of figures.
    var figures: Set<String> = []
  }

  func html(_ run: Run) throws(ExecutionError) -> String {
    let filled = [stages, try touchpoints(run), try notes(run), try facts(run), aims, personas].filter {
      !$0.rows.isEmpty
    }
    let tables = try run.map(filled) { (table) throws(ExecutionError) in try html(table, run) }
    return tables.isEmpty
      ? "" : "<section class=\"details\" aria-label=\"Details\">\n\(tables.joined(separator: "\n"))\n</section>"
  }

  private func html(_ table: Table, _ run: Run) throws(ExecutionError) -> String {
    let shown = table.columns.indices.filter { index in index == 0 || table.rows.contains { !$0[index].isEmpty } }
    var lines = ["<div class=\"scroll\"><table>", "<caption>\(table.caption)</caption>"]
    let heads = shown.map { index in
      "<th scope=\"col\"\(attribute(table, index))>\(table.columns[index].markupEscaped)</th>"
    }
    lines.append("<thead><tr>\(heads.joined())</tr></thead>")
    lines.append("<tbody>")
    for row in table.rows {
      try run.check()
      let cells = shown.map { index in
        index == 0
          ? "<th scope=\"row\">\(row[0].breakable.markupEscaped)</th>"
          : "<td\(attribute(table, index)) data-head=\"\(table.columns[index])\">\(row[index].breakable.markupEscaped)</td>"
      }
      lines.append("<tr>\(cells.joined())</tr>")
    }
    return (lines + ["</tbody>", "</table></div>"]).joined(separator: "\n")
  }

  private func attribute(_ table: Table, _ index: Int) -> String {
    let column = table.columns[index]
    return table.figures.contains(column) ? " class=\"figure\"" : column == "Kind" ? " class=\"short\"" : ""
  }

  /// Of everyone who has an event.
  private func share(_ count: Int) -> String? {
    content.customers.flatMap { $0 > 0 ? Figures.share(Double(count) / Double($0)) : nil }
  }

  private var stages: Table {
    Table(
      caption: "Stages",
      columns: ["Stage", "Customers", "Share", "Joined", "Passed by", "Left", "Median time on"],
      rows: content.stages.compactMap { stage in
        stage.figures.map { figures in
          [
            stage.name, Figures.count(figures.seen), share(figures.seen) ?? "", Figures.count(figures.joined),
            Figures.count(figures.passed), Figures.count(figures.left),
            figures.medianToNext.map { HumanText.duration($0) } ?? "",
          ]
        }
      }, figures: ["Customers", "Share", "Joined", "Passed by", "Left", "Median time on"])
  }

  private func touchpoints(_ run: Run) throws(ExecutionError) -> Table {
    var table = Table(
      caption: "Touchpoints",
      columns: [
        "Touchpoint", "No.", "Stage", "Channel", "Owner", "Status", "Persona", "Emotion", "Felt", "Answers",
        "Customers",
        "Share", "Went on", "Left", "Note",
      ], rows: [],
      figures: ["No.", "Emotion", "Felt", "Answers", "Customers", "Share", "Went on", "Left"])
    for stage in content.stages {
      for touchpoint in stage.touchpoints {
        try run.check()
        let figures = touchpoint.figures
        table.rows.append([
          touchpoint.name, String(touchpoint.number), stage.name, touchpoint.channels.joined(separator: ", "),
          touchpoint.owner,
          touchpoint.status, touchpoint.personas.joined(separator: ", "),
          feelings(of: touchpoint), touchpoint.felt?.signedMean ?? "",
          touchpoint.felt.map { Figures.count($0.answers) } ?? "",
          figures.map { Figures.count($0.seen) } ?? "",
          figures.flatMap { share($0.seen) } ?? "", figures.map { Figures.count($0.wentOn) } ?? "",
          figures.map { Figures.count($0.left) } ?? "",
          touchpoint.note,
        ])
      }
    }
    return table
  }

  private func feelings(of touchpoint: PictureContent.Touchpoint) -> String {
    let signed = PictureContent.Touchpoint.signed
    let felt = content.feeling.compactMap { persona in
      touchpoint.emotions[persona].map { "\(signed($0)) for \(persona)" }
    }
    return ([touchpoint.emotion.map(signed)].compactMap(\.self) + felt).joined(separator: ", ")
  }

  /// Where something hangs, in words, with what hangs there.
  private var places: [(name: String, notes: [PictureContent.Note], facts: [PictureContent.Fact])] {
    content.stages.flatMap { stage in
      [(stage.name, stage.notes, stage.facts)]
        + stage.touchpoints.map { ("\(stage.name) · \($0.number) \($0.name)", $0.notes, $0.facts + $0.backstage) }
    }
  }

  private func notes(_ run: Run) throws(ExecutionError) -> Table {
    var table = Table(
      caption: "Pains, opportunities and small wins",
      columns: ["What", "Kind", "Where", "Answers", "Severity, impact", "Details"], rows: [],
      figures: ["Severity, impact"])
    for place in places {
      try run.check()
      for note in place.notes {
        table.rows.append(row(note, place.name, answering: ""))
        table.rows += note.answers.map { row($0, place.name, answering: note.text) }
      }
    }
    return table
  }

  private func row(_ note: PictureContent.Note, _ place: String, answering pain: String) -> [String] {
    [note.text, CellLayout.word(for: note.kind), place, pain, note.weight.map { "\($0) of 5" } ?? "", note.detail]
  }

  private func facts(_ run: Run) throws(ExecutionError) -> Table {
    var table = Table(
      caption: "Quotes, questions, needs, actions, motivations, measures and what is done backstage",
      columns: ["What", "Kind", "Where", "Details"], rows: [])
    for place in places {
      try run.check()
      table.rows += place.facts.map { [$0.text, CellLayout.word(for: $0.kind), place.name, $0.detail] }
    }
    return table
  }

  private var aims: Table {
    Table(
      caption: "KPIs and goals of the journey", columns: ["What", "Kind", "Details"],
      rows: content.aims.map { [$0.text, CellLayout.word(for: $0.kind), $0.detail] })
  }

  private var personas: Table {
    Table(
      caption: "Personas", columns: ["Persona", "Who", "In the events"],
      rows: content.personas.map { [$0.name, $0.text, $0.test] })
  }
}

extension String {
  /// With soft hyphens in words that no column has room for, between syllables where they have any: other words stay whole.
  fileprivate var breakable: String {
    let longest = 28
    guard count > longest else { return self }
    let words = split(separator: " ", omittingEmptySubsequences: false).map { word -> String in
      guard word.count > longest else { return String(word) }
      let characters = Array(word)
      var joints = Syllables.joints(in: characters)
      if joints.isEmpty { joints = Array(stride(from: longest, to: characters.count, by: longest)) }
      return zip([0] + joints, joints + [characters.count]).map { String(characters[$0..<$1]) }.joined(
        separator: "\u{AD}")
    }
    return words.joined(separator: " ")
  }
}
