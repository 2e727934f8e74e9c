extension Double {
  /// Whether two order values say the same: events of one instant are then of one moment. A missing value is not a number.
  @inline(__always)
  func isSameOrder(as other: Double) -> Bool { self == other || isNaN && other.isNaN }
}
