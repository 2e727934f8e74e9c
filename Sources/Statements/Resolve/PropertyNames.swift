import JourneyQuery
import Language
import SourceText

// What a name stands for as a property. Events and customers may both have one of a name; so that what was asked before customers were
// loaded means the same ever after, a bare name is then the event's wherever events are tested, and in whatever is saved. Of rows beside
// events a bare name is theirs, else the customer's, else of events, asked of the customer; the last two are always written with whose they are.

extension Vocabulary {
  private static let ofCustomer = "customer."
  private static let ofEvent = "event."
  private static let ofNoStore = "builtin."

  /// What a name stands for; nil where nothing has it. A dotted name that the store holds is that property; else `customer.country` is the
  /// customer's, `event.country` the event's (of rows: of the events in use), and `builtin.` before a name says that no property of the store
  /// is meant.
  ///
  /// - Parameter owner: whose it is where both have this bare name.
  package func property(_ name: String, of owner: PropertyOwner) -> StoreProperty? {
    let stored = properties.first { $0.name == name }
    if let stored, name.contains(".") { return stored }
    if let qualified = qualifiedProperty(name) { return qualified }
    guard let event = stored ?? builtinProperty(name, called: name) else {
      return customerProperty(name) ?? eventsProperty(name)
    }
    return owner == .customer ? customerProperty(name) ?? event : event
  }

  private func qualifiedProperty(_ name: String) -> StoreProperty? {
    func behind(_ prefix: String) -> String? { name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : nil }
    if let own = behind(Self.ofCustomer) ?? behind(Self.ofNoStore + Self.ofCustomer) {
      return people.first { $0.name == own }.map(ofCustomer)
    }
    guard let own = behind(Self.ofEvent) ?? behind(Self.ofNoStore + Self.ofEvent) else { return nil }
    if ofEvents != nil { return eventsProperty(own) }
    return properties.first { $0.name == own }
      ?? BuiltinProperty(rawValue: own).flatMap { builtinProperty(own, called: self.name(of: $0)) }
  }

  private func builtinProperty(_ name: String, called: String) -> StoreProperty? {
    builtin(name).map { StoreProperty(name: called, kind: $0.kind, builtin: $0) }
  }

  /// What only a customer's property can be by this bare name, or one of an event too; `customer` is always the id.
  private func customerProperty(_ name: String) -> StoreProperty? {
    name == BuiltinProperty.customer.rawValue ? nil : people.first { $0.name == name }.map(ofCustomer)
  }

  private func ofCustomer(_ property: StoreProperty) -> StoreProperty {
    StoreProperty(name: name(ofCustomers: property.name), kind: property.kind, ofCustomer: property.name)
  }

  /// What the events in use have, where rows beside them are asked.
  private func eventsProperty(_ name: String) -> StoreProperty? {
    ofEvents?.first { $0.name == name }.map { property in
      StoreProperty(name: self.name(ofEvents: property.name), kind: property.kind, ofEvents: property.name)
    }
  }

  /// How a property of customers is written so that it means no other.
  package func name(ofCustomers property: String) -> String { name(Self.ofCustomer, property) }

  /// How a property of the events in use is written where rows beside them are asked.
  package func name(ofEvents property: String) -> String { name(Self.ofEvent, property) }

  private func name(_ owner: String, _ property: String) -> String {
    let name = owner + property
    return properties.contains { $0.name == name } ? Self.ofNoStore + name : name
  }

  /// All of these, for suggestions.
  package var customerNames: [String] { people.map { name(ofCustomers: $0.name) } }
  package var eventsNames: [String] { (ofEvents ?? []).map { name(ofEvents: $0.name) } }

  /// The first names of rows beside events that may stand as a property, as they are typed.
  fileprivate var namesOfRows: String {
    let (names, most) = (propertyNames, 12)
    let shown = names.prefix(most).map { $0.writtenAsName() }
    return (shown + (names.count > most ? ["…"] : [])).joined(separator: ", ")
  }

  /// The name by which a property is written where it is to mean the same wherever it stands: qualified where customers have one of
  /// this name, and where rows are asked that do not have it themselves. What only events have, what rows have, and what nothing has, stays as
  /// it is.
  func qualified(_ name: String, of owner: PropertyOwner) -> String {
    guard let property = property(name, of: owner) else { return name }
    if property.ofCustomer != nil || property.ofEvents != nil { return property.name }
    let isOfBoth = ofEvents == nil && !name.contains(".") && customerProperty(name) != nil
    let qualified = Self.ofEvent + name
    return isOfBoth && self.property(qualified, of: .event) == property ? qualified : name
  }
}

extension Resolver {
  /// Whose a bare name is that events and customers have: in a saved text always the event's, since these are qualified when they are
  /// saved, and were saved before there were customers where they are not.
  private func settled(_ owner: PropertyOwner) -> PropertyOwner { isInside ? .event : owner }

  /// A property by its name. `hint` is what to type where no name is near: without it where names stand, or the names.
  package func property(
    _ name: NameSyntax, of owner: PropertyOwner = .event, hint: String? = nil
  ) throws(Diagnostic) -> Vocabulary.StoreProperty {
    guard let property = vocabulary.property(name.text, of: settled(owner)) else {
      throw unknownProperty(name, hint: hint)
    }
    if let builtin = property.builtin { try meet(builtin, as: property.name, at: name.span) }
    if let own = property.ofCustomer { builtins.add(Builtin(property.name, .person(own))) }
    if let own = property.ofEvents { builtins.add(Builtin(property.name, .ofEvents(own))) }
    return property
  }

  /// The name as a canonical sentence has it.
  func qualified(_ name: NameSyntax, of owner: PropertyOwner = .event) -> NameSyntax {
    var copy = name
    copy.text = vocabulary.qualified(name.text, of: settled(owner))
    return copy
  }

  private func unknownProperty(_ name: NameSyntax, hint: String?) -> Diagnostic {
    let hint = hint ?? (vocabulary.ofEvents == nil ? "describe" : vocabulary.namesOfRows)
    if vocabulary.ofEvents != nil, let builtin = BuiltinProperty(naming: name.text.withoutOwner) {
      return Diagnostic(
        .propertyUnknown, "'\(builtin.rawValue)' is what an event has, and this asks no events", at: name.span,
        hint: hint)
    }
    let all = vocabulary.propertyNames + (vocabulary.people + (vocabulary.ofEvents ?? [])).map(\.name)
    if name.text.hasPrefix("customer.") {
      let own = String(name.text.dropFirst(9))
      if vocabulary.people.isEmpty {
        return Diagnostic(
          .propertyUnknown, "'\(name.text)' asks for a property of customers, and none are loaded", at: name.span,
          hint: nearest(to: own, among: all))
      }
      let near = nearest(to: name.text, among: vocabulary.customerNames) ?? nearest(to: own, among: all)
      return Diagnostic(
        .propertyUnknown, "no property of customers is called '\(own)'", at: name.span,
        hint: near?.writtenAsName() ?? hint)
    }
    if vocabulary.ofEvents != nil, name.text.hasPrefix("event.") {
      let own = String(name.text.dropFirst(6))
      return Diagnostic(
        .propertyUnknown, "no property of events is called '\(own)'", at: name.span,
        hint: nearest(to: own, among: all)?.writtenAsName() ?? hint)
    }
    var problem = Diagnostic.unknown(.propertyUnknown, "property", name, among: all)
    problem.hint = problem.hint ?? hint
    return problem
  }
}

extension String {
  /// A name of a property without the `event.` that says whose it is.
  fileprivate var withoutOwner: String { hasPrefix("event.") ? String(dropFirst(6)) : self }
}

extension ParsedStatement {
  /// Writes the properties that stand under a label so that they mean the same wherever the statement stands.
  mutating func qualify(_ label: String, _ resolver: Resolver) {
    for index in arguments.indices where arguments[index].label == label {
      guard let name = arguments[index].value.asName else { continue }
      arguments[index].value = .name(resolver.qualified(name))
    }
  }
}
