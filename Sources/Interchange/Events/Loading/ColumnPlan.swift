import EventStore
import JourneyTime
import SourceText

/// What each column of a file is for.
struct ColumnPlan: Sendable {
  let kind: RowKind
  /// Of all columns, each once: a second `x` is `x_2`, one without a name `column_3`.
  let names: [String]
  let hasHeader: Bool
  private let scores: ClosedRange<Int>
  private(set) var roles: [LoadSummary.Role] = []
  /// Columns that stand in where the column of a role has no value, best first.
  private var fallbacks: [ColumnRole: [Int]] = [:]
  /// Where rows say that two ids are one person's: in the columns of a device that was given and of the customer, else as the file's
  /// origin tells. A name that looks like a device's joins nothing.
  private(set) var joints: [IdentityJoint] = []

  /// - Parameter head: at least one row.
  init(head: TableHead, options: LoadOptions, file: String) throws(Diagnostic) {
    (kind, scores) = (options.kind, options.scores)
    let first = head.rows.first ?? []
    guard first.count > 1 else {
      throw Diagnostic(
        .loadFormat, "the first row is a single cell: no comma, semicolon, tab or bar in it", place: "\(file):1")
    }
    hasHeader = head.table != nil || !Self.looksLikeData(first, options)
    names = try Self.checked(Self.names(of: first, hasHeader: hasHeader), file)
    for role in kind.roles {
      if let reference = options.roles[role] { try assign(role, to: reference, file) }
    }
    guard hasHeader || kind.required.allSatisfy({ options.roles[$0] != nil }) else {
      let numbered = kind.required.enumerated().map { "\($1.rawValue) \($0 + 1)" }.joined(separator: " ")
      throw Diagnostic(
        .loadNoHeader, "the first row holds data, not names: \(Self.listed(first))",
        hint: "load \(kind.rawValue) \(quoted(file)) \(numbered)", place: "\(file):1")
    }
    if hasHeader {
      for role in kind.roles where options.roles[role] == nil { find(role) }
    }
    try settle(file)
    join(by: nil, among: names, options)
  }

  /// For records whose values have names, which are all different.
  ///
  /// - Parameters:
  ///   - paths: the names as they stand in the file, which may be given too; parallel to `names`.
  ///   - shape: what is known of the file's origin.
  init(names: [String], paths: [String], shape: ExportShape?, options: LoadOptions, file: String) throws(Diagnostic) {
    (kind, scores) = (options.kind, options.scores)
    self.names = try Self.checked(names, file)
    hasHeader = true
    for role in kind.roles {
      guard let reference = options.roles[role] else { continue }
      if case .name(let name) = reference, !names.contains(name), let index = paths.firstIndex(of: name) {
        try assign(role, to: .number(index + 1), file)
      } else {
        try assign(role, to: reference, file)
      }
    }
    for role in kind.roles where options.roles[role] == nil {
      let known = shape?.roles[role]?.compactMap { paths.firstIndex(of: $0) } ?? []
      guard let best = known.first else { continue }
      fallbacks[role] = Array(known.dropFirst())
      let others = known.dropFirst().map { names[$0] }
      roles.append(.init(role: role, column: names[best], number: best + 1, source: .shape(fallbacks: others)))
    }
    for role in kind.roles where column(of: role) == nil { find(role) }
    try settle(file)
    join(by: shape, among: paths, options)
  }

  /// Puts roles in order; throws where one is missing that rows need.
  private mutating func settle(_ file: String) throws(Diagnostic) {
    let order = kind.roles
    roles.sort { (order.firstIndex(of: $0.role) ?? 0) < (order.firstIndex(of: $1.role) ?? 0) }
    for role in kind.required where column(of: role) == nil { throw missing(role, file) }
  }

  /// Finds the columns of ids. Whoever says which column the device is says, too, who did what happened before a login.
  private mutating func join(by shape: ExportShape?, among paths: [String], _ options: LoadOptions) {
    guard kind == .events, let customer = roles.firstIndex(where: { $0.role == .customer }) else { return }
    if options.roles[.device] != nil, let device = column(of: .device) {
      let known = [roles[customer].number - 1] + (fallbacks[.customer] ?? [])
      if !known.contains(device) { fallbacks[.customer, default: []].append(device) }
      roles[customer].source = .shape(fallbacks: fallbacks[.customer]?.map { names[$0] } ?? [])
      joints = [IdentityJoint(id: device, person: known[0], columns: [names[device], names[known[0]]])]
    } else {
      joints = (shape?.identities ?? []).compactMap { joint in
        guard let id = paths.firstIndex(of: joint.id), let person = paths.firstIndex(of: joint.person) else {
          return nil
        }
        return IdentityJoint(
          id: id, person: person, events: joint.events, mark: joint.mark, columns: [names[id], names[person]])
      }
    }
    // Of customers who are given as something else, what an export says of its own ids tells nothing.
    let (given, known) = (options.roles[.customer] != nil, roles[customer].number - 1)
    joints.removeAll { $0.id == $0.person || given && $0.id != known && $0.person != known }
    if !options.joinsIds { joints = [] }
  }

  /// Index of the column that has this role.
  func column(of role: ColumnRole) -> Int? {
    roles.first { $0.role == role }.map { $0.number - 1 }
  }

  /// The columns that fill a slot of a row, best first.
  func columns(of slot: RowKind.Slot) -> [Int] {
    kind.roles(of: slot).flatMap { role in [column(of: role)].compactMap(\.self) + (fallbacks[role] ?? []) }
  }

  /// Whether what is no number in the column of the figure makes a bad row: where rows need it, or somebody said which column it is.
  private var isFigureChecked: Bool {
    kind.needsFigure || roles.contains { kind.roles(of: .figure).contains($0.role) && $0.source == .given }
  }

  /// Indices of the columns that become properties: all but those that fill a slot.
  var properties: [Int] {
    let used = RowKind.Slot.allCases.flatMap { kind.roles(of: $0).compactMap { column(of: $0) } }
    return names.indices.filter { !used.contains($0) }
  }

  /// Whether a property is text whatever its values look like.
  func isText(_ column: Int) -> Bool { kind.texts.contains { self.column(of: $0) == column } }

  /// Of a table of cells that has each column at `place`.
  func tableRoles(_ place: (Int) -> Int = { $0 }) -> TableRoles {
    func first(_ slot: RowKind.Slot) -> Int? { columns(of: slot).first.map(place) }
    let joints = joints.map { joint in
      var placed = joint
      (placed.id, placed.person) = (place(joint.id), place(joint.person))
      return placed
    }
    return TableRoles(
      kind: kind, key: first(.key), keyFallback: columns(of: .key).dropFirst().first.map(place), time: first(.time),
      event: first(.event), figure: first(.figure),
      isFigureChecked: isFigureChecked, scores: scores, properties: properties.map(place), joints: joints)
  }

  /// A first row with a time in it is no header.
  private static func looksLikeData(_ cells: [String], _ options: LoadOptions) -> Bool {
    if case .number(let number) = options.roles[.time], cells.indices.contains(number - 1) {
      return TimeLayout.reads(cells[number - 1])
    }
    let named = options.roles.values.contains { reference in
      if case .name(let name) = reference { cells.contains(name) } else { false }
    }
    return !named && cells.contains { TimeLayout.reads($0) && ($0.utf8.count >= 8) }
  }

  private static func names(of header: [String], hasHeader: Bool) -> [String] {
    var names = UniqueNames()
    for (index, cell) in header.enumerated() {
      names.add(hasHeader && !cell.isEmpty ? cell : "column_\(index + 1)")
    }
    return names.all
  }

  private static func checked(_ names: [String], _ file: String) throws(Diagnostic) -> [String] {
    if let long = names.first(where: { $0.utf8.count > EventFileLimits.name }) {
      throw .nameTooLong(long, at: "\(file):1")
    }
    return names
  }

  private mutating func assign(_ role: ColumnRole, to reference: ColumnReference, _ file: String) throws(Diagnostic) {
    let index: Int
    switch reference {
    case .number(let number):
      guard names.indices.contains(number - 1) else {
        throw Diagnostic(
          .loadNoColumn, "there is no column \(number), the file has \(names.count)", place: "\(file):1")
      }
      index = number - 1
    case .name(let name):
      guard let found = names.firstIndex(of: name) else {
        throw Diagnostic(
          .loadNoColumn, "there is no column '\(name)' among \(Self.listed(names))",
          hint: nearest(to: name, among: names).map { "\(role.rawValue) \(quoted($0))" }, place: "\(file):1")
      }
      index = found
    }
    roles.append(.init(role: role, column: names[index], number: index + 1, source: .given))
  }

  /// Gives `role` the free column whose name ranks best for it, if there is one; equal names go to the leftmost.
  private mutating func find(_ role: ColumnRole) {
    let taken = Set(roles.map { $0.number - 1 })
    let plain = names.map(RoleNames.normalized)
    let ranked = RoleNames.names(of: role, in: kind).flatMap { known in
      names.indices.filter { plain[$0] == known && !taken.contains($0) }
    }
    guard let best = ranked.first else { return }
    roles.append(
      .init(
        role: role, column: names[best], number: best + 1,
        source: .found(others: ranked.dropFirst().map { names[$0] })))
  }

  private func missing(_ role: ColumnRole, _ file: String) -> Diagnostic {
    let free = names.indices.first { index in !roles.contains { $0.number == index + 1 } }
    let clauses = kind.required.map { role in
      let column = column(of: role) ?? free ?? 0
      return "\(role.rawValue) \(quoted(names.indices.contains(column) ? names[column] : role.rawValue))"
    }
    return Diagnostic(
      .loadRoleMissing, "no column looks like the \(role.rawValue) among \(Self.listed(names))",
      hint: "load \(kind.rawValue) \(quoted(file, always: true)) \(clauses.joined(separator: " "))", place: "\(file):1")
  }

  private static func listed(_ names: [String]) -> String {
    let shown = names.prefix(40).map { quoted($0) }.joined(separator: ", ")
    return names.count > 40 ? shown + " and \(names.count - 40) more" : shown
  }
}

/// `name` as it is typed: bare if it can be, else as a string.
func quoted(_ name: String, always: Bool = false) -> String {
  let isBare =
    name.unicodeScalars.first.map { $0.properties.isAlphabetic || $0 == "_" } ?? false
    && name.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || $0.properties.numericType == .decimal || $0 == "_"
    }
  if isBare, !always { return name }
  let escaped = name.prefix(60).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
  return "\"\(escaped)\""
}

extension DiagnosticCode {
  package static let loadNoHeader = DiagnosticCode(
    "load.no-header", "The first row is data. Say the roles by number: customer 1 time 2 event 3.")
  package static let loadNoColumn = DiagnosticCode(
    "load.no-column", "The file has no column of this name or number.")
  package static let loadRoleMissing = DiagnosticCode(
    "load.role-missing",
    "No column looks like one that rows need, as the customer, the time or the event. Say which is.")
}
