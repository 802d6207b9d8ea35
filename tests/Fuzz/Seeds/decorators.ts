@dec @dec2({ a: 1 }) export class A { @f x = 1; @g static #y = 2; @h m(@p a: string) { } @i get z() { return 1 } @j accessor w; @k static { } }
const B = @l class { @m [n] = 1 };
