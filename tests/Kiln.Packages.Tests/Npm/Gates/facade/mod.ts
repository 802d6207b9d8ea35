import { z } from "npm:zod@^4.0.0";
import Counter, { type Point } from "jsr:@gates/plain@^1.0.0";
import { add } from "jsr:@gates/plain@1/geometry";

export { z };
export type { ZodType, infer as Infer } from "npm:zod@^4.0.0";
export * as plain from "jsr:@gates/plain@^1.0.0";
export const pointSchema: z.ZodObject<{ x: z.ZodNumber; y: z.ZodNumber }> = z.object({ x: z.number(), y: z.number() });
export function read(value: unknown): Point {
  return add(pointSchema.parse(value), { x: 0, y: 0 });
}
export class Loud extends Counter<"loud"> {
  shout(): import("jsr:@gates/plain@1/geometry").Point {
    return { x: this.count("loud"), y: 0 };
  }
}
export const home: string = import.meta.resolve("jsr:@gates/plain@1/geometry");
