enum E { A = await n }
