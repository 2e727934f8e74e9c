import JourneyTime
import Synchronization

/// Where questions are answered: the embedded engine, or a cluster. Query value in, report value out; the same from every executor.
public protocol Executor: Sendable {
  func funnel(_ query: FunnelQuery, _ run: Run) throws(ExecutionError) -> FunnelReport
  func time(_ query: TimeQuery, _ run: Run) throws(ExecutionError) -> TimeReport
  func dropoff(_ query: DropoffQuery, _ run: Run) throws(ExecutionError) -> DropoffReport
  func drivers(_ query: DriversQuery, _ run: Run) throws(ExecutionError) -> DriversReport
  func count(_ query: CountQuery, _ run: Run) throws(ExecutionError) -> CountReport
  func list(_ query: ListQuery, _ run: Run) throws(ExecutionError) -> ListReport
  func paths(_ query: PathsQuery, _ run: Run) throws(ExecutionError) -> PathsReport
  func flow(_ query: FlowQuery, _ run: Run) throws(ExecutionError) -> FlowReport
  func loops(_ query: LoopsQuery, _ run: Run) throws(ExecutionError) -> LoopsReport
  func retention(_ query: RetentionQuery, _ run: Run) throws(ExecutionError) -> RetentionReport
  func sessions(_ query: SessionsQuery, _ run: Run) throws(ExecutionError) -> SessionsReport
  func value(_ query: ValueQuery, _ run: Run) throws(ExecutionError) -> ValueReport
  func score(_ query: ScoreQuery, _ run: Run) throws(ExecutionError) -> ScoreReport
  func attribution(_ query: AttributionQuery, _ run: Run) throws(ExecutionError) -> AttributionReport
  func people(_ query: PeopleQuery, _ run: Run) throws(ExecutionError) -> PeopleReport
  func places(_ query: PlacesQuery, _ run: Run) throws(ExecutionError) -> PlacesReport
  func lastNames(_ query: LastNamesQuery, _ run: Run) throws(ExecutionError) -> LastNamesReport
  func firstValues(_ query: FirstValuesQuery, _ run: Run) throws(ExecutionError) -> FirstValuesReport
  func propertyTrace(_ query: PropertyTraceQuery, _ run: Run) throws(ExecutionError) -> PropertyTraceReport
  func fingerprint(_ query: FingerprintQuery, _ run: Run) throws(ExecutionError) -> StoreFingerprint
  func conform(_ query: ConformQuery, _ run: Run) throws(ExecutionError) -> ConformReport
  func metrics(_ query: MapMetricsQuery, _ run: Run) throws(ExecutionError) -> MapMetrics
  /// The whole store, or only the events of one name.
  func describe(event: String?, _ run: Run) throws(ExecutionError) -> StoreDescription
  /// The journey of one customer in canonical order; nil for an unknown customer.
  func journey(of customer: String, _ run: Run) throws(ExecutionError) -> Journey?
  /// The values of a text property of events or of people, in no order; nil where it has more than `most`, or there is none of this name.
  func texts(of property: String, on owner: PropertyOwner, atMost most: Int, _ run: Run) throws(ExecutionError)
    -> [String]?
  /// How one customer's journey was read by a funnel; nil for an unknown customer.
  func trace(of customer: String, in query: FunnelQuery, _ run: Run) throws(ExecutionError) -> FunnelTrace?
}

/// What has a property: each event, or the customer.
public enum PropertyOwner: String, Hashable, Sendable, Codable { case event, customer }

public enum ExecutionError: Error, Hashable, Sendable {
  case cancelled
  case limit(Limit)
  /// A part of the store that cannot be read; names it.
  case damaged(String)
  /// What another process saved anew while it was read; asking again reads that.
  case replaced(String)
}

/// One run of one question: what may stop it, and what may be told meanwhile.
public final class Run: Sendable {
  private let stop = Atomic<Bool>(false)
  private let done = Atomic<Int>(0)
  private let whole = Atomic<Int>(0)

  public init() {}

  /// Asks the run to stop; it does at its next block of customers. Safe from a signal handler.
  public func cancel() { stop.store(true, ordering: .relaxed) }
  public var isCancelled: Bool { stop.load(ordering: .relaxed) }

  /// Throws once `cancel` was called; asked per block of customers.
  public func check() throws(ExecutionError) {
    if isCancelled { throw .cancelled }
  }

  /// Units of work, say events: how many there are, and that some more are done.
  public func begin(_ count: Int) {
    whole.store(count, ordering: .relaxed)
    done.store(0, ordering: .relaxed)
  }
  public func advance(_ count: Int) { done.wrappingAdd(count, ordering: .relaxed) }
  public var progress: (done: Int, whole: Int) {
    (done.load(ordering: .relaxed), whole.load(ordering: .relaxed))
  }
}
