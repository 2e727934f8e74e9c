import EventStore
import JourneyEngine
import JourneyQuery
import Workspace

/// Where events are asked: what is known of them before one is read, and who answers. Statements look at events through nothing else.
protocol EventSource {
  var catalog: Catalog { get throws(WorkspaceError) }
  var executor: any Executor { get throws(WorkspaceError) }
}

/// Events of a workspace: its rows about them are the catalog, and columns are fetched when something is asked.
struct StoredSource: EventSource {
  let workspace: Workspace
  let name: String

  var catalog: Catalog {
    get throws(WorkspaceError) { try workspace.catalog(of: name) }
  }
  var executor: any Executor {
    get throws(WorkspaceError) { EmbeddedEngine(try workspace.events(name), people: try workspace.people()) }
  }
}
