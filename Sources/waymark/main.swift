import SourceText
import Foundation
import JourneyTime
import Statements
import Workspace
let session = Session(workspace: try Workspace.inMemory(), directory: ".") { Instant(microseconds: 0) }
let shell = Shell(session: session) { print($0, terminator: "") }
do { try shell.run(script: Array(FileHandle.standardInput.readDataToEndOfFile()), named: "stdin") } catch {
  let e = error; print(shell.text(of: e, in: ""))
}
