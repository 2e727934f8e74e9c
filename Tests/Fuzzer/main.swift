import CFuzzer
import Foundation
import Fuzzing
import TestSupport

// What scripts/fuzz runs: reads inputs as one target does.
//
//     fuzzer --list                              the names of all targets
//     fuzzer --target=NAME --prepare=FOLDER      two hundred inputs to begin with, where there are none; prints arguments
//     fuzzer --target=NAME LIBFUZZER-ARGUMENTS   libFuzzer, where it is linked
//     fuzzer --target=NAME FILE...               the inputs in these files, where it is not

/// What the command line says. libFuzzer passes over what begins with two hyphens.
enum Wanted {
  static let target = value(of: "--target").flatMap { name in FuzzTarget.all.first { $0.name == name } }

  static func value(of option: String) -> String? {
    CommandLine.arguments.first { $0.hasPrefix(option + "=") }.map { String($0.dropFirst(option.count + 1)) }
  }

  static func has(_ option: String) -> Bool { CommandLine.arguments.contains(option) }

  /// Reads one input; what cannot be right ends the process, for libFuzzer to keep the input.
  static func read(_ bytes: [UInt8]) {
    do {
      try target?.read(bytes)
    } catch {
      FileHandle.standardError.write(Data("contradiction: \(error)\n".utf8))
      abort()
    }
  }

  static func runLibFuzzer() -> Int32 {
    var count = CommandLine.argc
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = unsafe CommandLine.unsafeArgv
    // SAFETY: libFuzzer reads the arguments, and hands in `size` bytes, of which there is room for `most`.
    return unsafe fuzzer_run(
      &count, &arguments,
      { data, size in
        Wanted.read(unsafe [UInt8](UnsafeBufferPointer(start: data, count: size)))
        return 0
      },
      { data, size, most, seed in
        guard let data = unsafe data, let target = Wanted.target else { return size }
        var random = SeededRandom(seed: UInt64(seed))
        let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
        let changed = target.changed(input, &random).prefix(most)
        for (index, byte) in changed.enumerated() { unsafe data[index] = byte }
        return changed.count
      })
  }
}

if Wanted.has("--list") {
  for target in FuzzTarget.all { print(target.name) }
  exit(0)
}
guard let target = Wanted.target else {
  FileHandle.standardError.write(Data("no such target; fuzzer --list names all\n".utf8))
  exit(2)
}
if let folder = Wanted.value(of: "--prepare") {
  let files = FileManager.default
  try files.createDirectory(atPath: folder + "/corpus", withIntermediateDirectories: true)
  if try files.contentsOfDirectory(atPath: folder + "/corpus").isEmpty {
    var random = SystemRandomNumberGenerator()
    var seeded = SeededRandom(seed: random.next())
    for number in 0..<200 {
      let example = Data(target.example(&seeded).prefix(target.longest))
      try example.write(to: URL(fileURLWithPath: "\(folder)/corpus/\(number)"))
    }
  }
  // libFuzzer takes no words that are longer.
  let words = target.words.filter { (1...60).contains($0.utf8.count) }.map { word in
    "\"" + word.utf8.map { "\\x" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "\"\n"
  }
  try Data(words.joined().utf8).write(to: URL(fileURLWithPath: folder + "/words"))
  print("-max_len=\(target.longest)" + (words.isEmpty ? "" : " -dict=\(folder)/words"))
  exit(0)
}
let status = Wanted.runLibFuzzer()
guard status < 0 else { exit(status) }
for path in CommandLine.arguments.dropFirst() where !path.hasPrefix("-") {
  Wanted.read([UInt8](try Data(contentsOf: URL(fileURLWithPath: path))))
}
