#!/usr/bin/env node
// line
/* block
 */ /** doc {import("x").T} */
var a = 0x1F + 0b10 + 0o17 + 1_000.5e-3 + 10n + .5, \u0061b = 'a\n\x41\u{1F600}\
b', c = "\u2028", d = `t${a}u${`n${b}`}`, e = /[/\]]+(?<n>x)\k<n>/giu, f = a / b / c;
a ??= b?.c ?? d; a **= 2; a >>>= 1; x?.[0]?.(1); 1?.5:2;
