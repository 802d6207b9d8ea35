import all, { compute, explicit, left, made, Slow } from "@jsr/gates__slow";
import { fast } from "@jsr/gates__slow/fast";

const n: number = compute(1);
const known: number = new Slow().known + fast;
const text: string = explicit;
const length: number = new Slow().method("x");
export { all, known, left, length, made, n, text };

compute("x"); // TS2345
new Slow().method(1); // TS2345
const wrong: number = explicit; // TS2322
const quick: string = fast; // TS2322
export { quick, wrong };
