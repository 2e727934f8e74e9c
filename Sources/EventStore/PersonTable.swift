import Synchronization

/// What is known of people by their ids, whether they have events or not: a table whose columns are known at once, and whose rows are
/// read when they are first asked for and kept from then on.
///
/// An identity: whoever hands it to several questions has its rows read once, and matched with the customers of a store once.
public final class PersonTable: Sendable {
  /// Names and kinds in column order; what values texts may have comes with the rows.
  public let properties: [Property]
  private let read: @Sendable () throws(ReadingFault) -> PersonRows
  private let held = Mutex<PersonRows?>(nil)

  /// - Parameter rows: reads the rows; asked again where it threw. Called from any thread, and from one at a time.
  public init(properties: [Property], rows: @escaping @Sendable () throws(ReadingFault) -> PersonRows) {
    self.properties = properties
    read = rows
  }

  /// A table in memory.
  public convenience init(properties: [Property], held rows: PersonRows) {
    self.init(properties: properties) { () throws(ReadingFault) in rows }
  }

  /// The rows. Throws what reading them does, and `damaged` where they are not those of this table.
  public func rows() throws(ReadingFault) -> PersonRows {
    try held.withLock { held throws(ReadingFault) in
      if let rows = held { return rows }
      let rows = try read()
      if let fault = rows.fault(as: properties) { throw .damaged("customers: \(fault)") }
      held = rows
      return rows
    }
  }

  /// Index of the property of exactly this name, byte by byte; nil if there is none.
  package func index(ofProperty name: String) -> Int? {
    properties.firstIndex { $0.name.utf8.elementsEqual(name.utf8) }
  }
}
