/// What pages of tables do, where scripts run: rows are sorted by the button in a column's heading, a table is copied as TSV, and contents are
/// folded in narrow windows. Without it a page reads as well.
enum PageScript {
  /// `script-src` allows this text alone: the SHA-256 of it, in base 64.
  static let digest = "sha256-Og/aDRmhsj0A8SIgsVDQV1gCZZy3tNXdpwA18uOhP0U="

  static let text = #"""
    (() => {
      const exact = cell => cell.querySelector("data, time")
      const text = cell => {
        const copy = cell.cloneNode(true)
        copy.querySelectorAll("br").forEach(line => line.replaceWith("\n"))
        return copy.textContent
      }

      // As `sort` has it: what is missing stands last, whichever way.
      const key = cell => {
        const value = exact(cell)
        if (cell.classList.contains("missing")) return null
        if (!value) return text(cell)
        return value.dateTime?.slice(0, -1) ?? parseFloat(value.value.replace("inf", "Infinity"))
      }
      const sorted = (rows, column, sign) => rows
        .map(row => [key(row.cells[column]), row])
        .sort(([a], [b]) => (a === null) - (b === null) || (a < b ? -sign : a > b ? sign : 0))
        .map(([, row]) => row)

      for (const table of document.querySelectorAll("table[data-sortable]")) {
        const body = table.tBodies[0]
        const rows = [...body.rows].slice(0, table.dataset.sortable)
        const heads = [...table.tHead.rows[0].cells]
        heads.forEach((head, column) => {
          const ways = rows.some(row => exact(row.cells[column])) ? ["descending", "ascending"] : ["ascending", "descending"]
          const button = document.createElement("button")
          button.type = "button"
          button.append(...head.childNodes)
          button.onclick = () => {
            const way = ways[ways.indexOf(head.ariaSort) + 1]
            heads.forEach(other => { other.ariaSort = null })
            head.ariaSort = way ?? null
            body.prepend(...(way ? sorted(rows, column, way === "ascending" ? 1 : -1) : rows))
          }
          head.append(button)
        })
      }

      // As `tsv` has it, with an apostrophe before what a spreadsheet would run as a formula.
      const fields = row => [...row.cells].map(cell => {
        const value = exact(cell)
        const unit = cell.closest("table").tHead.rows[0].cells[cell.cellIndex].dataset.unit ?? ""
        if (cell.tagName === "TH") return text(cell) + (unit && ` (${unit})`)
        if (cell.classList.contains("missing")) return ""
        if (value) return value.dateTime ?? (unit ? value.value.slice(0, -unit.length) : value.value)
        return text(cell)
      }).map(field => {
        const line = field.replace(/[\\\n\t]/g, sign => ({ "\\": "\\\\", "\n": "\\n", "\t": "\\t" })[sign])
        return /^[=@+\-\uFF1D\uFF0B\uFF0D\uFF20]/.test(line) && isNaN(line) ? "'" + line : line
      }).join("\t") + "\n"

      const copy = async lines => {
        try { return await navigator.clipboard.writeText(lines) } catch {}
        const area = document.createElement("textarea")
        area.value = lines
        area.style = "position: fixed; opacity: 0"
        document.body.append(area)
        area.select()
        const isDone = document.execCommand("copy")
        area.remove()
        if (!isDone) throw new Error("no clipboard")
      }
      for (const table of document.querySelectorAll("table.data")) {
        const button = document.createElement("button")
        button.type = "button"
        button.className = "copy"
        button.textContent = "Copy table"
        button.onclick = async () => {
          const said = await copy([...table.rows].map(fields).join("")).then(() => "Copied", () => "Not copied")
          button.textContent = said
          setTimeout(() => { button.textContent = "Copy table" }, 2000)
          button.focus()
        }
        table.parentNode.after(button)
      }

      const contents = document.querySelector("nav > details")
      if (contents) {
        const isNarrow = matchMedia("(max-width: 75rem)")
        const fold = () => { contents.open = !isNarrow.matches }
        isNarrow.onchange = fold
        fold()
      }
    })()
    """#
}
