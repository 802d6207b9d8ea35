import { helper } from "./helper.ts";

const make = () => ({ n: 1 });
export const made = make();
export function compute(a: number) {
  return helper(a) * 2;
}
export const { left, right } = { left: 1, right: "r" };
export class Slow {
  value = make();
  method(x: string) {
    return x.length;
  }
  known: number = 1;
}
export default make();
export const explicit: string = "x";
