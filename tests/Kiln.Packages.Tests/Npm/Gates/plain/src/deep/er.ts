import type { Point } from "../geometry.ts";
import type { Hidden } from "./hidden.ts";

export const deep: { at: Point } = { at: { x: 1, y: 2 } };
export function reveal(): Hidden {
  return { hidden: true };
}
