/// How one column writes its times.
package enum TimeLayout: Hashable, Sendable {
  /// `2025-07-01T10:30:00Z` and its relatives, `2025/7/1 9:30`.
  case yearFirst
  /// `20250701`, `20250701103000`, `20250701T103000Z`.
  case compact
  /// Numbers since 1970 UTC, with or without a fraction.
  case epoch(EpochUnit)
  /// `31/12/2025 10:00`, also with points or dashes.
  case dayFirst
  /// `12/31/2025 10:00 AM`, also with points or dashes.
  case monthFirst
  /// `4 Jan 2024 10:00`, `Jan 4, 2024`, `Thu, 04 Jan 2024 10:00:00 GMT`.
  case monthNames
}
