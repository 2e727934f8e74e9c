import Foundation

extension LockHolder {
  /// The other processes of this host that hold SQLite's locks on `path`, by process number; writers alone where there are any.
  ///
  /// Read from the kernel's list of record locks, so nobody is named by guess: a process on another host, or in another
  /// container, is not in it. SQLite locks the bytes from 2³⁰ on: pending, reserved, and 510 shared ones.
  static func holding(_ path: String) -> [LockHolder] {
    let resolved = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: resolved),
      let inode = (attributes[.systemFileNumber] as? NSNumber)?.uint64Value,
      let device = (attributes[.systemNumber] as? NSNumber)?.uint64Value,
      let table = try? String(contentsOfFile: "/proc/locks", encoding: .utf8)
    else { return [] }
    return holders(in: table, inode: inode, device: device).map { holder in
      let name = try? String(contentsOfFile: "/proc/\(holder.process)/comm", encoding: .utf8)
      return LockHolder(
        process: holder.process, command: name?.trimmingCharacters(in: .whitespacesAndNewlines))
    }
  }

  /// `table` is the text of /proc/locks: `1: POSIX ADVISORY WRITE 4711 08:01:131 1073741825 1073741825`. Lines that
  /// only wait for a lock (`->`) do not count.
  static func holders(in table: String, inode: UInt64, device: UInt64) -> [LockHolder] {
    let lockBytes: ClosedRange<UInt64> = 0x4000_0000...0x4000_01FF
    let major = (device >> 8) & 0xFFF
    let minor = (device & 0xFF) | ((device >> 12) & 0xFFF00)
    var found: [(process: Int32, isWriter: Bool, isSameDevice: Bool)] = []
    for line in table.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count == 8, words[1] == "POSIX" || words[1] == "OFDLCK", let process = Int32(words[4]), process > 0,
        process != ProcessInfo.processInfo.processIdentifier, let first = UInt64(words[6]), lockBytes.contains(first)
      else { continue }
      let file = words[5].split(separator: ":")
      guard file.count == 3, UInt64(file[2]) == inode else { continue }
      let isSameDevice = UInt64(file[0], radix: 16) == major && UInt64(file[1], radix: 16) == minor
      found.append((process, words[3] == "WRITE", isSameDevice))
    }
    // Layered file systems list another device than `stat` tells; the inode then has to do.
    if found.contains(where: \.isSameDevice) { found.removeAll { !$0.isSameDevice } }
    if found.contains(where: \.isWriter) { found.removeAll { !$0.isWriter } }
    return Set(found.map(\.process)).sorted().map { LockHolder(process: $0) }
  }
}
