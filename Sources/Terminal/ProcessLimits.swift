import CMalloc
import Foundation

/// What the system lets this process have. Nil is as much as there is.
package struct ProcessLimits: Sendable, Equatable {
  /// Bytes of addresses (`ulimit -v`); what is not used counts too.
  package var addresses: Int?
  /// Bytes of memory in use, of the control group that the process is in.
  package var memory: Int?
  /// Files open at a time (`ulimit -n`).
  package var openFiles: Int?

  package init(addresses: Int? = nil, memory: Int? = nil, openFiles: Int? = nil) {
    (self.addresses, self.memory, self.openFiles) = (addresses, memory, openFiles)
  }

  /// Those of this process.
  package static var current: ProcessLimits {
    ProcessLimits(
      addresses: limit(RLIMIT_AS), memory: ControlGroup().memoryLimit, openFiles: limit(RLIMIT_NOFILE))
  }

  /// Files that can grow no more are an error like a full disk, not the end of the process.
  package static func outliveFullFiles() { signal(SIGXFSZ, SIG_IGN) }

  private static func limit(_ resource: __rlimit_resource) -> Int? {
    var limit = rlimit()
    // Without a limit it is all ones.
    // SAFETY: the call fills the one structure that it is given.
    guard unsafe getrlimit(__rlimit_resource_t(resource.rawValue), &limit) == 0, limit.rlim_cur != rlim_t.max else {
      return nil
    }
    return Int(clamping: limit.rlim_cur)
  }
}

extension ProcessLimits {
  /// With less than this not even small questions are safe.
  package static let least = ProcessLimits(addresses: 512 << 20, memory: 64 << 20, openFiles: 32)

  /// What is less than `least`, in a sentence; nil if nothing is.
  package var shortage: String? {
    func short(_ have: Int?, _ least: Int?, _ sentence: (Int, Int) -> String) -> String? {
      guard let have, let least, have < least else { return nil }
      return sentence(have, least)
    }
    return short(addresses, Self.least.addresses) {
      "this process may have \($0 >> 20) MB of addresses, and needs \($1 >> 20) MB (ulimit -v)"
    }
      ?? short(memory, Self.least.memory) {
        "the control group of this process may have \($0 >> 20) MB of memory, and it needs \($1 >> 20) MB"
      }
      ?? short(openFiles, Self.least.openFiles) {
        "this process may have \($0) files open, and needs \($1) (ulimit -n)"
      }
  }

  /// Bytes that what is kept in memory may take: half of what the machine has, less where the limits leave less.
  package func budget(of physical: UInt64, using used: MemoryUse) -> Int {
    let machine = min(Int(clamping: physical / 2), memory.map { $0 / 2 } ?? .max)
    // Arrays that grow are there twice for a moment, and what is kept is not all that a question takes.
    return min(machine, addresses.map { max(16 << 20, ($0 - used.addresses) / 4) } ?? .max)
  }

  /// Whether half of what was left at the start is used.
  package func areNear(_ used: MemoryUse, from start: MemoryUse) -> Bool {
    func isNear(_ limit: Int?, _ used: Int, _ start: Int) -> Bool {
      guard let limit else { return false }
      return used - start > (limit - start) / 2
    }
    return isNear(addresses, used.addresses, start.addresses) || isNear(memory, used.memory, start.memory)
  }
}

/// What a process takes, in bytes.
package struct MemoryUse: Sendable, Equatable {
  package var addresses: Int
  package var memory: Int

  package init(addresses: Int, memory: Int) {
    (self.addresses, self.memory) = (addresses, memory)
  }

  /// Of this process at this moment, as Linux tells it; where there is no /proc, as the allocator does.
  package static var current: MemoryUse {
    let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .ascii)) ?? ""
    let pages = text.split(separator: " ").prefix(2).map { Int($0) ?? 0 }
    guard pages.count == 2 else { return allocated }
    let page = Int(getpagesize())
    return MemoryUse(addresses: pages[0] * page, memory: pages[1] * page)
  }

  /// What the allocator has of the system: all that grows with what is asked, but neither the program nor stacks. Memory that it took and
  /// that nobody has touched yet counts as in use.
  static var allocated: MemoryUse {
    let heap = mallinfo2()
    let taken = Int(clamping: heap.arena) + Int(clamping: heap.hblkhd)
    return MemoryUse(addresses: taken, memory: taken)
  }
}

/// The control group of this process: by it containers and services are held to less than the machine has.
package struct ControlGroup {
  private let groups: String
  private let membership: String

  /// - Parameters:
  ///   - groups: where control groups are mounted.
  ///   - membership: the file that says which of them the process is in.
  package init(groups: String = "/sys/fs/cgroup", membership: String = "/proc/self/cgroup") {
    (self.groups, self.membership) = (groups, membership)
  }

  /// Bytes of memory, the least of what the group and those it lies in may have; nil where nothing is said.
  package var memoryLimit: Int? {
    let lines = text(membership).split(separator: "\n").map { $0.split(separator: ":", maxSplits: 2).map(String.init) }
    let limits = lines.flatMap { line -> [Int?] in
      guard line.count >= 2, let path = line.last else { return [] }
      // Of the second version a line is `0::/path`, of the first `4:memory:/path`.
      let isSecond = line.count == 2
      guard isSecond || line[1].split(separator: ",").contains("memory") else { return [] }
      let (root, file) = isSecond ? (groups, "memory.max") : (groups + "/memory", "memory.limit_in_bytes")
      return Self.ancestors(of: path).map { limit(root + $0 + "/" + file) }
    }
    return limits.compactMap(\.self).min()
  }

  private func limit(_ file: String) -> Int? {
    guard let bytes = Int(text(file).filter { !$0.isWhitespace }), bytes > 0 else { return nil }
    // The first version says "no limit" by a number close to the largest.
    return bytes < 1 << 60 ? bytes : nil
  }

  /// A path, the one above it, and so on: `/a/b`, `/a`, the root.
  private static func ancestors(of path: String) -> [String] {
    let names = path.split(separator: "/").filter { $0 != ".." }
    return (0...names.count).map { names.prefix($0).map { "/" + $0 }.joined() }
  }

  private func text(_ file: String) -> String { (try? String(contentsOfFile: file, encoding: .utf8)) ?? "" }
}
