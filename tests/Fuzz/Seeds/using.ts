using a = f(), b = g; await using c = h(); for (using d of e) { } for (await using i of j) { } { using k = l; } function m() { await using; using n = o }
