// swift-tools-version: 6.2
import PackageDescription

/// Every target of ours is held to the same rules.
let house: [SwiftSetting] = [.strictMemorySafety(), .treatAllWarnings(as: .error)]

/// A Swift target and what it may import; docs/ARCHITECTURE.md gives the reasons.
func module(_ name: String, _ imports: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: imports, swiftSettings: house)
}

/// The tests of one module, in the folder that mirrors it.
func tests(of name: String, _ imports: [Target.Dependency] = [], excluding: [String] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.init(stringLiteral: name), "TestSupport"] + imports, exclude: excluding,
    swiftSettings: house)
}

/// The commit that the program is built from, which scripts/build says; anything that looks like none is left out.
let commit = (Context.environment["WAYMARK_COMMIT"] ?? "").filter { $0.isHexDigit && $0.isASCII || $0 == "+" }
/// The file of ICU's tables that scripts/build made; without it all are linked.
let tables = Context.environment["WAYMARK_TABLES"].map { [CSetting.define("WAYMARK_TABLES", to: "\"\($0)\"")] } ?? []

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "Waymark",
  products: [
    .executable(name: "waymark", targets: ["waymark"]),
    .library(name: "JourneyModel", targets: ["JourneyModel"]),
    .library(name: "JourneyQuery", targets: ["JourneyQuery", "JourneyTime"]),
    .library(name: "EventStore", targets: ["EventStore"]),
    .library(name: "JourneyEngine", targets: ["JourneyEngine"]),
  ],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
  ],
  targets: [
    module("JourneyTime"),
    module("SourceText"),
    .systemLibrary(name: "CFileCalls"),
    module("WholeFiles", ["CFileCalls"]),
    module("Outside", ["SourceText"]),
    module("JourneyModel", ["JourneyTime", "SourceText"]),
    module("JourneyStatistics"),
    module("JourneyQuery", ["JourneyTime"]),
    .target(name: "CByteScan"),
    .target(name: "CColumnCoding"),
    module("EventStore", ["JourneyTime", "CByteScan", "CColumnCoding"]),
    module("JourneyEngine", ["JourneyTime", "JourneyQuery", "JourneyStatistics", "EventStore", "CByteScan"]),
    module("Simulation", ["JourneyTime", "EventStore", "JourneyModel"]),
    module("Language", ["JourneyTime", "SourceText", "JourneyModel", "JourneyQuery"]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(
      name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(
      name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(
      name: "CMd4c", pkgConfig: "md4c", providers: [.apt(["libmd4c-dev"])]),
    .target(name: "CSimdJSON", linkerSettings: [.linkedLibrary("simdjson")]),
    .target(name: "CSQLiteTrust", linkerSettings: [.linkedLibrary("sqlite3")]),
    module(
      "Interchange",
      [
        "JourneyTime", "JourneyModel", "EventStore", "SourceText", "Outside", "CByteScan", "CZlib", "CZstd",
        "CSimdJSON",
        "CExpat", "CSQLiteTrust", yams, sqlite,
      ]),
    module(
      "Workspace",
      [
        "JourneyTime", "SourceText", "JourneyModel", "JourneyQuery", "EventStore", "Outside", "WholeFiles", "CZlib",
        "CSQLiteTrust",
        grdb, sqlite,
      ]),
    module("Rendering", ["JourneyTime", "SourceText", "JourneyStatistics", "JourneyQuery", "JourneyModel", "CMd4c"]),
    .target(name: "CDocuments"),
    module(
      "Statements",
      [
        "CDocuments",
        "JourneyTime", "SourceText", "Outside", "JourneyModel", "JourneyQuery", "EventStore", "JourneyEngine",
        "Simulation", "Language", "Interchange", "Workspace", "Rendering", "WholeFiles",
      ]),
    .target(name: "CLibEdit", linkerSettings: [.linkedLibrary("edit")]),
    .target(name: "CLaunch", cSettings: [.define("WAYMARK_COMMIT", to: "\"\(commit)\"")] + tables),
    .systemLibrary(name: "CMalloc"),
    module("Terminal", ["CLibEdit", "CLaunch", "CMalloc", "SourceText", "Outside", "WholeFiles"]),
    .executableTarget(
      name: "waymark",
      dependencies: [
        "CMalloc", "Statements", "JourneyTime", "SourceText", "Outside", "Language", "Rendering", "Terminal",
        "Workspace",
        arguments,
      ],
      swiftSettings: house),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: house),
    tests(of: "JourneyTime"),
    tests(of: "SourceText"),
    tests(of: "WholeFiles"),
    tests(of: "JourneyStatistics", excluding: ["Fixtures"]),
    tests(of: "JourneyModel"),
    tests(of: "EventStore", ["JourneyTime"]),
    tests(
      of: "JourneyEngine", ["JourneyTime", "JourneyQuery", "JourneyStatistics", "EventStore"],
      excluding: ["Analyses/Alignments"]),
    tests(of: "Simulation", ["JourneyTime", "EventStore", "JourneyModel"]),
    tests(of: "Language", ["JourneyTime", "SourceText", "JourneyModel", "JourneyQuery"]),
    tests(of: "Interchange", ["JourneyTime", "JourneyModel", "EventStore", "SourceText", grdb]),
    tests(
      of: "Workspace", ["JourneyTime", "JourneyModel", "JourneyQuery", "EventStore", "WholeFiles", grdb],
      excluding: ["Fixtures"]),
    tests(
      of: "Rendering", ["JourneyTime", "SourceText", "JourneyQuery", "JourneyModel"], excluding: ["Golden"]),
    tests(
      of: "Statements",
      ["JourneyTime", "Interchange", "Language", "SourceText", "Outside", "Workspace", "Fuzzing", grdb]),
    .target(
      name: "Fuzzing",
      dependencies: [
        "JourneyTime", "SourceText", "JourneyModel", "JourneyQuery", "EventStore", "JourneyEngine", "Simulation",
        "Language", "Interchange", "Outside", "Workspace", "Rendering", "Statements", "TestSupport", grdb, sqlite,
      ],
      path: "Tests/Fuzzing", swiftSettings: house),
    .executableTarget(
      name: "coverage", dependencies: ["JourneyStatistics", "TestSupport"], path: "Tests/Coverage",
      swiftSettings: house),
    .target(name: "CFuzzer", path: "Tests/CFuzzer"),
    .executableTarget(
      name: "fuzzer", dependencies: ["Fuzzing", "TestSupport", "CFuzzer"], path: "Tests/Fuzzer", swiftSettings: house),
    tests(of: "Fuzzing", excluding: ["Corpus"]),
    .executableTarget(
      name: "editor-harness", dependencies: ["Terminal", "SourceText", "Outside"], path: "Tests/EditorHarness",
      swiftSettings: house),
    tests(
      of: "Terminal", ["JourneyTime", "SourceText", "Outside", "Language", "Statements", "editor-harness", "waymark"]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
