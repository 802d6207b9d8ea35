let a = b as any
;(c)
type T = string
let d = e!
[0].f()
interface I { }
return_
: while (1) { break return_ }
export type { T } from "x"; import type U, { type V } from "y"; import { type W, X } from "z"; export { type Y };
const f = (a): a is string => true, g = async <T>(x: T): Promise<T> => x, h = async x => x, i = a ? (b) : c => d;
