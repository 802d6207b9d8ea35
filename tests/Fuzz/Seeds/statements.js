label: for (let i = 0, j; i < 10; i++) { if (i) continue label; else break label; }
for (const k in o) ; for (const [a, b = 1] of c) { } do x++; while (x < 5) while (0) ;
switch (v) { case 1: case 2: f(); break; default: g() }
try { throw new Error('e') } catch ({ message }) { } finally { }
with (o) p; debugger; if (a) b; else if (c) d; else e; ; { var q }
