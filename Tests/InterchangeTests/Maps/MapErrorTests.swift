import Foundation
import JourneyModel
import SourceText
import Testing

@testable import Interchange

@Suite struct MapErrorTests {
  /// `place: message [code] (hint)` of the error that reading gives.
  private func said(_ text: String, as format: MapFormat = .yaml) -> String {
    do {
      return "no error: \(try format.read(text, file: "f", name: "m").map.elements.count) elements"
    } catch {
      return "\(error.place ?? "-"): \(error.message) [\(error.code)]" + (error.hint.map { " (\($0))" } ?? "")
    }
  }

  @Test func yamlKeysAndShapes() {
    #expect(said("stagse: []") == "f:1:1: 'stagse' is not a key here [map.key-unknown] (stages)")
    #expect(
      said("stages:\n  - name: A\n    touchpoint:\n      - B\n")
        == "f:3:5: 'touchpoint' is not a key here [map.key-unknown] (touchpoints)")
    #expect(said("map: a\nmap: b") == "f:1:1: 'map' stands here twice [map.key-repeated]")
    #expect(said("stages: Awareness") == "f:1:9: 'stages' holds a list of stages [map.shape] (- name: …)")
    #expect(said("- a\n- b") == "f:1:1: a map file holds keys such as 'map' and 'stages' [map.shape] (map: shop)")
    #expect(said("stages:\n  - owner: A") == "f:2:5: the stage has no 'name' [map.key-missing] (name: …)")
    #expect(said("stages:\n  - [a]") == "f:2:5: a list stands where a stage is expected [map.shape] (name: …)")
    #expect(said("stages:\n  - name: [a]") == "f:2:11: 'name' holds one text [map.shape]")
    #expect(said("stages:\n  - name:") == "f:2:10: the name of a stage is blank [map.name-blank]")
    #expect(said("map: ''") == "f:1:1: the name of the map is blank [map.name-blank]")
    #expect(said("stages:\n  - {name: a, links: [b]}").hasPrefix("f:2:15: 'links' is not a key here"))
    #expect(said("? [a]\n: b") == "f:1:3: a key is a text [map.shape]")
  }

  @Test func yamlValues() {
    #expect(
      said("stages:\n  - name: A\n    emotion: 3\n")
        == "f:3:14: emotion takes a whole number from -2 to 2, not 3 [map.value-unfit]")
    #expect(
      said("stages:\n  - name: A\n    channel:\n      - web\n      - ' '\n")
        == #"f:5:9: channel takes names, not " " [map.value-unfit]"#)
    #expect(
      said("kpis:\n  - {name: A, target: 12 %}").hasSuffix(#"or a duration like 7d, not "12 %" [map.value-unfit]"#))
    #expect(
      said("goals:\n  - {name: A, due: 2025-02-30}").hasSuffix(
        "a date like 2025-07-01, not 2025-02-30 [map.value-unfit]"))
    #expect(said("stages:\n  - {name: A, owner: [a, b]}") == "f:2:22: owner takes one value [map.values-many]")
    #expect(
      said("stages:\n  - A\n  - B\n  - A\n") == "f:4:5: the map has a stage 'A' already, in line 2 [map.name-taken]")
    #expect(
      said("stages: [{name: A, touchpoints: [{name: T, links: [x, x]}]}]")
        == "f:1:41: touchpoint 'T' is linked to x already [map.link-taken]")
    #expect(said("stages:\n  - name: A\n    owner:\n    touchpoints: ~\n") == "no error: 1 elements")
  }

  @Test func yamlSyntax() {
    #expect(
      said("map: [a").hasPrefix("f:2:1: did not find expected ',' or ']'") || said("map: [a").contains("[map.yaml]"))
    #expect(said("map: a\n\tb: c").hasPrefix("f:2:1: "))
    #expect(said("map: \"\\ud800\"").contains("[map.yaml]"))
    #expect(said("map: a\u{1}b").hasPrefix("f:1:7: "))
    #expect(said("map: a\n---\nmap: b").hasPrefix("f:2:1: "))
    #expect(said("# only a comment").contains("the file holds nothing"))
  }

  @Test func whatAMachineWouldChokeOn() {
    #expect(said("map: &a x\ntitle: *a") == "f:2:8: aliases are not read [map.yaml-alias]")
    #expect(said("map: &a x\r? *a").hasSuffix("aliases are not read [map.yaml-alias]"))
    #expect(said("map: &a x") == "no error: 0 elements")
    let bomb =
      "a0: &a0 [x, x]\n" + (1..<60).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]\n" }.joined() + "? *a59\n: x\n"
    #expect(said(bomb).hasSuffix("aliases are not read [map.yaml-alias]"))
    // Signs of anchors in texts are texts.
    #expect(said("map: 'A, &B and *C'\ntitle: R&D *new*") == "no error: 0 elements")
    for depth in [101, 1_100, 10_000, 200_000] {
      #expect(
        said("map: " + String(repeating: "[", count: depth)).hasSuffix("nested deeper than a map can be [map.too-deep]")
      )
    }
    for depth in [40, 900, 10_000, 200_000] {
      #expect(said(String(repeating: "- ", count: depth) + "a").contains("[map.too-deep]"))
      #expect(said(String(repeating: "? ", count: depth) + "a").contains("map."))
      #expect(said("{\"map\": " + String(repeating: "[", count: depth), as: .json).contains("[map.too-deep]"))
    }
    #expect(
      said("map: " + String(repeating: "[", count: 40) + String(repeating: "]", count: 40)).contains("[map.too-deep]"))
  }

  @Test func json() {
    #expect(said("{\"stagse\": []}", as: .json) == "f:1:2: 'stagse' is not a key here [map.key-unknown] (stages)")
    #expect(
      said("{\n  \"stages\": [\n    {\"name\": \"A\", \"emotion\": 2.5}\n  ]\n}", as: .json)
        == #"f:3:30: emotion takes a whole number from -2 to 2, not "2.5" [map.value-unfit]"#)
    #expect(said("{\"map\": \"a\", }", as: .json) == "f:1:14: '}' stands where a key in quotes is expected [map.json]")
    #expect(said("{\"map\" \"a\"}", as: .json) == "f:1:8: '\"' stands where ':' is expected [map.json]")
    #expect(said("{\"map\": \"a\"} x", as: .json) == "f:1:14: 'x' stands where the end is expected [map.json]")
    #expect(said("{\"map\": \"a", as: .json) == "f:1:11: the end of the file stands where '\"' is expected [map.json]")
    #expect(said("{\"map\": \"a\nb\"}", as: .json) == "f:1:11: a control character stands in a text [map.json]")
    #expect(said("{\"map\": tru}", as: .json) == "f:1:9: 'tru' is not a value [map.json]")
    #expect(said("{\"map\": \"\\ud83d\"}", as: .json) == "f:1:10: an escape that JSON does not have [map.json]")
    #expect(said("{\"map\": \"a\", \"map\": \"b\"}", as: .json) == "f:1:14: 'map' stands here twice [map.key-repeated]")
    #expect(
      said("{\"map\": \"\\ud83d\\ude00\\u00e9\", \"kpis\": [{\"name\": 1, \"target\": 4e1}]}", as: .json)
        == "no error: 1 elements")
  }

  @Test func csv() {
    let header = "kind,name,under,parent,emotion\n"
    #expect(said("kind,nmae\n", as: .csv) == "f:1:6: 'nmae' is not a column here [map.key-unknown] (name)")
    #expect(said("kind,name,kind\n", as: .csv) == "f:1:11: 'kind' stands here twice [map.key-repeated]")
    #expect(said("name\nA\n", as: .csv).hasPrefix("f:1:1: the table has no column 'kind' [map.key-missing]"))
    #expect(said(header + "stge,A\n", as: .csv) == "f:2:1: 'stge' is not a kind of element [map.kind-unknown] (stage)")
    #expect(
      said(header + "stage,A,,,7\n", as: .csv)
        == "f:2:11: emotion takes a whole number from -2 to 2, not 7 [map.value-unfit]")
    #expect(
      said(header + "stage,Aware,,\ntouchpoint,\"B\",,Awere\n", as: .csv)
        == "f:3:17: 'Awere' is not a stage of the map [map.element-unknown] (Aware)")
    #expect(said(header + "touchpoint,B\n", as: .csv) == "f:2:12: a touchpoint hangs under a stage [map.parent-needed]")
    #expect(
      said(header + "stage,A\nstage,A\n", as: .csv)
        == "f:3:7: the map has a stage 'A' already, in line 2 [map.name-taken]")
    #expect(
      said(header + "stage,A\ntouchpoint,A,,A\npain,P,,A\n", as: .csv)
        == "f:4:9: 'A' is a touchpoint and a stage [map.parent-ambiguous] (touchpoint A)")
    #expect(said(header + "stage,\"A\n\n", as: .csv) == "f:2:7: a quoted field is not closed [map.csv-quote] (\"A\")")
    #expect(said("Kind;NAME;parent\r\ntouchpoint;B;A\r\n\r\nstage;A\r\n", as: .csv) == "no error: 2 elements")
  }

  @Test func filesThatAreNoMaps() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("waymark-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let read = { (name: String, bytes: [UInt8]?) -> String in
      let path = folder.appendingPathComponent(name).path
      do {
        if let bytes { try Data(bytes).write(to: URL(fileURLWithPath: path)) }
        return "map \(try MapFile.read(path).map.name)"
      } catch let error as Diagnostic {
        return "\(error.code) \(error.place ?? "-")"
      }
    }
    #expect(try read("none.yaml", nil) == "file.missing -")
    #expect(try read("", nil) == "file.directory -")
    #expect(try read("empty.yaml", []) == "load.empty empty.yaml")
    #expect(try read("blank.json", Array(" \n\t\r\n".utf8)) == "load.empty blank.json")
    #expect(try read("picture.yaml", [0x89, 0x50, 0, 1]) == "load.binary picture.yaml")
    #expect(try read("latin.yaml", Array("map: a\n# caf".utf8) + [0xE9, 0x0A]) == "load.encoding latin.yaml:2")
    #expect(try read("wide.csv", [0xFF, 0xFE, 0x6B, 0]) == "load.encoding wide.csv")
    #expect(try read("letter.txt", Array("dear all".utf8)) == "map.format-unknown letter.txt")
    #expect(try read("huge.yaml", Array(repeating: 0x23, count: MapFile.sizeLimit + 1)) == "map.too-large huge.yaml")
    for name in ["many.yaml", "many.json", "many.csv", "many.md", "many.mmd"] {
      let many = Array("[,\n".utf8) + Array(repeating: UInt8(ascii: ","), count: MapFile.valueLimit)
      #expect(try read(name, many) == "map.too-large \(name)")
    }
    #expect(try read("shop.yaml", [0xEF, 0xBB, 0xBF] + Array("stages: [A]\r\ntitle: T\r\n".utf8)) == "map shop")
    #expect(try read("map.txt", Array("map: by content".utf8)) == "map by content")
    let path = folder.appendingPathComponent("shop.yaml").path
    #expect(try MapFile.read(path, name: "other").map.name == "other")
    #expect(throws: Diagnostic.self) { try MapFile.read(path, format: .mermaid) }
  }
}
