import { plain } from "./plain.mjs";
import type { Shared } from "./types.d.mts";
export type * from "./types.d.mts";
export { type Hidden } from "./same.d.ts";
export { same } from "./same.ts";
export const shared: Shared = { plain };
export async function* count(to: number): AsyncGenerator<number, void, unknown> {
  for (let i = 0; i < to; i++) yield i;
}
