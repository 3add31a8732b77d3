/** Texts that would do harm if a page took them for markup, or for LaTeX that may do more than set symbols. */
export const hostile: readonly string[] = [
  "<script>alert(1)</script>",
  "</style></title><script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "</code></pre><iframe src=javascript:alert(1)></iframe>",
  "<!-- --!> <svg onload=alert(1)>",
  "\\href{javascript:alert(1)}{x}",
  "\\url{javascript:alert(1)}",
  "\\includegraphics{https://example.org/x.png}",
  "\\htmlData{owned=1}{x} \\htmlClass{owned}{x} \\htmlId{owned}{x}",
  "\\htmlStyle{position:fixed;inset:0}{x}",
  "\\text{</span><script>alert(1)</script>}",
  "\\def\\x{\\x\\x}\\x",
  "\\unknown{<b onclick=alert(1)>}",
  "x}_{y",
];

/** Names that the notation allows, and that mean something to HTML, JavaScript or LaTeX. */
export const hostileNames: readonly string[] = [
  "script", "href", "htmlData", "def", "over", "left", "constructor", "__proto__", "toString", "hasOwnProperty",
  "a_b_c", "_", "x__1", "_x", "theta", "Theta_max", "e", "i", "begin", "import", "delete", "class",
]; // prettier-ignore
