extension JourneyMap {
  /// Makes the change, or throws and leaves the map as it was: `editStale` where the map is not as the edit found it, else the rule
  /// that the change would break. O(elements + parts of the edit), apart from hashing and from siblings that make room.
  public mutating func apply(_ edit: MapEdit) throws(MapError) {
    var open = OpenMap(self)
    try open.apply(edit)
    self = open.map
  }

  /// This map with the change made.
  public func applying(_ edit: MapEdit) throws(MapError) -> JourneyMap {
    var copy = self
    try copy.apply(edit)
    return copy
  }
}
