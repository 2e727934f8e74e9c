/// Prefixes of a slot that may still be continued, oldest end first. Each is preferred over those behind it, which end
/// later and so last longer: the first one that has not expired is the one to continue (a sliding-window maximum).
struct PrefixQueue {
  private var links: [Int] = []
  private var head = 0

  var first: Int? { head < links.count ? links[head] : nil }
  var last: Int? { head < links.count ? links[links.count - 1] : nil }

  mutating func append(_ link: Int) { links.append(link) }
  mutating func removeLast() { links.removeLast() }
  mutating func removeFirst() { head += 1 }

  mutating func removeAll() {
    links.removeAll(keepingCapacity: true)
    head = 0
  }
}
