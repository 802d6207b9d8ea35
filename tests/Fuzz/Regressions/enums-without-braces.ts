a: enum E { A }
if (1) enum F { A } else enum G { B = "x" }
do enum H { A } while (0)
for (;;) enum I { A = I2.A }
enum I2 { A = 2 }
while (0) b: enum J { A, B = A }
