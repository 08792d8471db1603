import Newsroom
import Testing

@Suite struct FoldedTextTests {
    @Test(arguments: [
        ("Minister of Defense", "minister of defense"), ("PRESIDENTE de Méjico", "presidente de mejico"),
        ("Presidente de Me\u{301}jico", "presidente de mejico"), ("Großherzog", "grossherzog"), ("Ægir’s", "aegir's"),
        ("Πρωθυπουργός", "πρωθυπουργοσ"), ("МИНИСТР", "министр"), ("首相", "首相"), ("Senator (D-NY), 2%", "senator (d-ny), 2%"), ("", ""),
        ("İstanbul", "istanbul"), ("a\u{AD}b", "ab"),
    ])
    func `capitals and accents go, all else stays`(_ text: String, _ folded: String) {
        #expect(text.folded == folded)
        #expect(folded.folded == folded)
    }
}
