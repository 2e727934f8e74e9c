import Foundation

/// What sanitizers are told by the environment: for programs that a test gives an environment of its own.
package let sanitizerSettings = ProcessInfo.processInfo.environment.filter {
  ["ASAN_OPTIONS", "TSAN_OPTIONS"].contains($0.key)
}
