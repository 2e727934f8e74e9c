import EventStore

/// A column of a table that DuckDB reads.
struct TableColumn: Sendable {
  let name: String
  /// What its values are: text unless the type says otherwise; whole numbers too big for a number make it text still.
  let kind: Property.Kind
  /// The expression of SQL whose text is the value.
  let expression: String

  /// - Parameter type: as DuckDB writes it: `DECIMAL(18,3)`.
  init(name: String, type: String) {
    self.name = name
    let quoted = name.namedInSQL
    switch type.prefix(while: { $0 != "(" }) {
    case _ where type.hasSuffix("]"), "STRUCT", "MAP", "UNION", "VARIANT":
      (kind, expression) = (.text, "nullif(to_json(\(quoted))::VARCHAR, '[]')")
    case "BOOLEAN": (kind, expression) = (.truth, quoted)
    case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT",
      "UHUGEINT", "DECIMAL":
      (kind, expression) = (.number, quoted)
    case "FLOAT", "DOUBLE": (kind, expression) = (.number, Self.shortest(quoted))
    case "TIMESTAMP WITH TIME ZONE":
      (kind, expression) = (.time, "(\(quoted) AT TIME ZONE 'UTC')::VARCHAR || 'Z'")
    case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "DATE": (kind, expression) = (.time, quoted)
    default: (kind, expression) = (.text, quoted)
    }
  }

  /// A number as we write it, whole ones without a point, so that it makes the same id; what is no number is missing.
  private static func shortest(_ name: String) -> String {
    """
    CASE WHEN \(name) = 0 AND signbit(\(name)) THEN '-0' \
    WHEN \(name) = trunc(\(name)) AND abs(\(name)) <= 9007199254740992 THEN \(name)::BIGINT::VARCHAR \
    WHEN isfinite(\(name)) THEN \(name)::VARCHAR END
    """
  }
}
