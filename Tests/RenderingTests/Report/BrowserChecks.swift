/// What is looked for on a page, as JavaScript for a browser.
enum BrowserChecks {
  /// Texts, each with its contrast, that have less than 4.5 against what they stand on; the first is the count of all that were looked at.
  /// Grounds are those of elements around a text, in a drawing that of the topmost shape beneath it.
  static let contrasts = #"""
    (() => {
      const read = color => {
        const numbers = color.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0]
        return color.startsWith("rgb") ? [...numbers.slice(0, 3), numbers[3] ?? 1] : [0, 0, 0, 0]
      }
      const over = (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3])).concat(1)
      const luminance = color => [0.2126, 0.7152, 0.0722].reduce((sum, weight, i) => {
        const part = color[i] / 255
        return sum + weight * (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
      }, 0)
      const probe = document.createElement("div")
      probe.style.color = "Canvas"
      document.body.append(probe)
      const canvas = read(getComputedStyle(probe).color)
      probe.remove()
      const around = element => {
        if (!element) return canvas
        const style = getComputedStyle(element)
        const own = read(style.backgroundColor)
        return own[3] === 1 ? own : over(own, around(element.parentElement))
      }
      const beneath = (element, box) => {
        const stack = document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2)
        const shapes = ["rect", "path", "circle", "ellipse", "polygon"]
        const shape = stack.slice(stack.indexOf(element) + 1).find(other => shapes.includes(other.tagName))
        if (!shape) return around(element.closest("svg"))
        const style = getComputedStyle(shape)
        const alpha = style.fillOpacity * style.opacity
        const fill = read(style.fill)
        return over([...fill.slice(0, 3), fill[3] * alpha], canvas)
      }
      const found = []
      let count = 0
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      while (walker.nextNode()) {
        const element = walker.currentNode.parentElement
        if (!walker.currentNode.data.trim() || ["SCRIPT", "STYLE", "title", "desc"].includes(element.tagName)) continue
        const range = document.createRange()
        range.selectNodeContents(walker.currentNode)
        const box = range.getClientRects()[0]
        if (!box?.width || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue
        count += 1
        const isDrawn = element.ownerSVGElement
        const style = getComputedStyle(element)
        const ground = isDrawn ? beneath(element, box) : around(element)
        const ink = over(read(isDrawn ? style.fill : style.color), ground)
        const [low, high] = [luminance(ink), luminance(ground)].sort((a, b) => a - b)
        const ratio = (high + 0.05) / (low + 0.05)
        if (ratio < 4.5) found.push(`${ratio.toFixed(2)} ${ink} on ${ground}: ${walker.currentNode.data.slice(0, 60)}`)
      }
      return [String(count), ...found]
    })()
    """#

  /// Ids that stand on the page more than once, and what is referred to that is not there.
  static let identities = #"""
    (() => {
      const ids = [...document.querySelectorAll("[id]")].map(element => element.id)
      const twice = ids.filter((id, index) => ids.indexOf(id) !== index)
      const named = [...document.querySelectorAll("[aria-labelledby]")].flatMap(e => e.getAttribute("aria-labelledby").split(" "))
      const linked = [...document.querySelectorAll("a[href^='#']")].map(a => decodeURIComponent(a.getAttribute("href").slice(1)))
      return [...twice, ...[...named, ...linked].filter(id => !ids.includes(id))]
    })()
    """#

  /// Tables without a heading for each cell.
  static let headless = #"""
    [...document.querySelectorAll("table")].filter(table => {
      const heads = [...table.tHead?.rows[0]?.cells ?? []]
      return !heads.length || heads.some(head => head.tagName !== "TH" || head.scope !== "col")
        || [...table.rows].some(row => row.cells.length !== heads.length)
    }).map(table => table.outerHTML.slice(0, 200))
    """#

  /// By how many pixels the page is wider than its window, and elements that stick out of it in no box that scrolls.
  static let excess = #"""
    (() => {
      const width = document.documentElement.clientWidth
      const isBoxed = element => element && (["auto", "hidden"].includes(getComputedStyle(element).overflowX) || isBoxed(element.parentElement))
      const wide = [...document.querySelectorAll("body *")].filter(element =>
        element.getBoundingClientRect().right > width + 1 && !isBoxed(element.parentElement) && !element.ownerSVGElement)
      return [String(document.documentElement.scrollWidth - width), ...wide.map(element => element.outerHTML.slice(0, 120))]
    })()
    """#

  /// Texts of a column of the table that `selector` picks, first to last.
  static func column(_ index: Int, of selector: String) -> String {
    "[...document.querySelector(\"\(selector)\").tBodies[0].rows].map(row => row.cells[\(index)].textContent)"
  }
}
