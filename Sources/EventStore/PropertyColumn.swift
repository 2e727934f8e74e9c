/// One property of every event of a bucket.
public enum PropertyColumn: Sendable, Hashable {
  /// Codes into the property's dictionary plus one; 0 is missing.
  case text(CodeColumn)
  case number([Double], present: Bitmap)
  case truth(Bitmap, present: Bitmap)
  /// Microseconds since 1970 UTC.
  case time([Int64], present: Bitmap)
}
