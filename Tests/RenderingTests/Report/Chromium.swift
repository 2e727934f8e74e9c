import Foundation

/// Debian's chromium with one page, driven over its devtools protocol: JSON texts that end in 0, on the file descriptors 3 and 4.
/// Owned by one test; ends with it, or after five minutes.
final class Chromium {
  typealias Object = [String: Any]

  struct Failure: Error { let message: String }

  /// Nil where it is not on the PATH.
  static let path: String? = {
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    return folders.map { "\($0)/chromium" }.first(where: FileManager.default.isExecutableFile)
  }()

  private let process = Process()
  private let requests = Pipe()
  private let replies = Pipe()
  private let folder: URL
  private var session = ""
  private var unread = Data()
  private var lastID = 0
  /// What the page told and nobody asked, first to last.
  private(set) var events: [(method: String, of: Object)] = []

  init() throws {
    guard let path = Self.path else { throw Failure(message: "no chromium") }
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("waymark-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = [
      "-c", "exec \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1", "sh", path, "--headless", "--remote-debugging-pipe",
      "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--user-data-dir=\(folder.path)",
    ]
    process.standardInput = requests
    process.standardOutput = replies
    try process.run()
    try? replies.fileHandleForWriting.close()
    try? requests.fileHandleForReading.close()
    let process = process
    DispatchQueue.global().asyncAfter(deadline: .now() + 300) { if process.isRunning { process.terminate() } }

    let target = try ask("Target.createTarget", ["url": "about:blank"])["targetId"] ?? ""
    session = try ask("Target.attachToTarget", ["targetId": target, "flatten": true])["sessionId"] as? String ?? ""
    for domain in ["Page", "Runtime", "Network", "Log"] { try ask("\(domain).enable") }
  }

  deinit {
    session = ""
    // Its children end before it does: they write into the folder.
    if (try? ask("Browser.close")) == nil { process.terminate() }
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: folder)
  }

  /// Loads a page of the file system, and forgets what others told.
  func open(_ html: String) throws {
    let file = folder.appendingPathComponent("page.html")
    try Data(html.utf8).write(to: file)
    events = []
    try ask("Page.navigate", ["url": file.absoluteString])
    while !events.contains(where: { $0.method == "Page.loadEventFired" }) { try take(next()) }
  }

  func resize(width: Int, height: Int = 1_000, isDark: Bool = false, isPaper: Bool = false) throws {
    try ask(
      "Emulation.setDeviceMetricsOverride", ["width": width, "height": height, "deviceScaleFactor": 1, "mobile": false])
    try ask(
      "Emulation.setEmulatedMedia",
      [
        "media": isPaper ? "print" : "",
        "features": [["name": "prefers-color-scheme", "value": isDark ? "dark" : "light"]],
      ])
  }

  /// What an expression of JavaScript comes to, promises awaited.
  func value<Value>(of expression: String, as type: Value.Type = Value.self) throws -> Value {
    let reply = try ask(
      "Runtime.evaluate",
      ["expression": expression, "returnByValue": true, "awaitPromise": true, "userGesture": true])
    guard let value = (reply["result"] as? Object)?["value"] as? Value else {
      throw Failure(message: "\(expression.prefix(200)): \(reply)")
    }
    return value
  }

  /// Presses the mouse where an element of this selector is.
  func click(_ selector: String) throws {
    let place = try value(
      of: """
        (() => {
          const element = document.querySelector(\(quoted(selector)))
          element.scrollIntoView({ block: "center", behavior: "instant" })
          const box = element.getBoundingClientRect()
          return [box.x + box.width / 2, box.y + box.height / 2]
        })()
        """, as: [Double].self)
    for type in ["mousePressed", "mouseReleased"] {
      try ask(
        "Input.dispatchMouseEvent",
        ["type": type, "x": place[0], "y": place[1], "button": "left", "clickCount": 1])
    }
  }

  /// Presses Enter with the focus on an element of this selector.
  func enter(_ selector: String) throws {
    _ = try value(of: "document.querySelector(\(quoted(selector))).focus(), true", as: Bool.self)
    for type in ["keyDown", "keyUp"] {
      try ask(
        "Input.dispatchKeyEvent",
        [
          "type": type, "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13,
          "text": type == "keyDown" ? "\r" : "",
        ])
    }
  }

  func printed() throws -> Data {
    let reply = try ask("Page.printToPDF", ["preferCSSPageSize": true, "printBackground": true])
    return (reply["data"] as? String).flatMap { Data(base64Encoded: $0) } ?? Data()
  }

  private func quoted(_ text: String) throws -> String {
    String(decoding: try JSONSerialization.data(withJSONObject: text, options: .fragmentsAllowed), as: UTF8.self)
  }

  @discardableResult private func ask(_ method: String, _ parameters: Object = [:]) throws -> Object {
    guard process.isRunning else { throw Failure(message: "chromium has ended") }
    lastID += 1
    var request: Object = ["id": lastID, "method": method, "params": parameters]
    if !session.isEmpty { request["sessionId"] = session }
    try requests.fileHandleForWriting.write(
      contentsOf: JSONSerialization.data(withJSONObject: request) + Data([0]))
    while true {
      let message = try next()
      guard message["id"] as? Int == lastID else {
        take(message)
        continue
      }
      if let error = message["error"] { throw Failure(message: "\(method): \(error)") }
      return message["result"] as? Object ?? [:]
    }
  }

  private func take(_ message: Object) {
    guard let method = message["method"] as? String else { return }
    events.append((method, message["params"] as? Object ?? [:]))
  }

  private func next() throws -> Object {
    while true {
      if let end = unread.firstIndex(of: 0) {
        let text = unread[..<end]
        unread = Data(unread[(end + 1)...])
        return try JSONSerialization.jsonObject(with: text) as? Object ?? [:]
      }
      let more = replies.fileHandleForReading.availableData
      guard !more.isEmpty else { throw Failure(message: "chromium has ended") }
      unread += more
    }
  }
}
