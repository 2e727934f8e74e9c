import JourneyEngine
import EventStore
import JourneyQuery
import Language
import SourceText
struct EmbeddedEngine: Executor {
  let engine: JourneyEngine.EmbeddedEngine
  init(_ s: EventStore) { engine = JourneyEngine.EmbeddedEngine(s) }
  func funnel(_ query: FunnelQuery, _ run: Run) throws(ExecutionError) -> FunnelReport { try engine.funnel(query, run) }
  func count(_ query: CountQuery, _ run: Run) throws(ExecutionError) -> CountReport { throw .limit("stub") }
  func people(_ query: PeopleQuery, _ run: Run) throws(ExecutionError) -> PeopleReport { throw .limit("stub") }
  func describe(event: String?, _ run: Run) throws(ExecutionError) -> StoreDescription { throw .limit("stub") }
  func journey(of customer: String, _ run: Run) throws(ExecutionError) -> Journey? { throw .limit("stub") }
  func trace(of customer: String, in query: FunnelQuery, _ run: Run) throws(ExecutionError) -> FunnelTrace? {
    throw .limit("stub")
  }
}
