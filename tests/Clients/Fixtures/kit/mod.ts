/** What npm packages may have. @module */
import type { Named } from "jsr:@demo/shapes@^1.2.0";
import { Circle } from "jsr:@demo/shapes@^1.2.0";
import data from "./data.json" with { type: "json" };
import { plain } from "./plain.js";

export { Color, type Named } from "jsr:@demo/shapes@^1.2.0";
export { data, plain };

/** Options of a box. */
export interface BoxOptions<T extends Named = Named> {
  readonly content: T;
  padding?: number;
}

/** Holds one thing that has a name. */
export class Box<T extends Named = Named> implements Named {
  #opened = 0;
  constructor(protected readonly options: BoxOptions<T>) {}
  get name(): string {
    return `[${this.options.content.name}]`;
  }
  /** Takes out what is inside. */
  open(): T {
    this.#opened++;
    return this.options.content;
  }
  /** How often it was opened. */
  get opened(): number {
    return this.#opened;
  }
}

/** Finds the first that fits. */
export function find<T, S extends T>(items: readonly T[], test: (item: T) => item is S): S | undefined;
export function find<T>(items: readonly T[], test: (item: T) => boolean): T | undefined;
export function find<T>(items: readonly T[], test: (item: T) => boolean): T | undefined {
  return items.find(test);
}

/** A box with a disc in it. */
export const disc: Box<Circle> = new Box({ content: new Circle(1, "disc") });

export const SIZES = ["small", "large"] as const;
export type Size = (typeof SIZES)[number];

/** Never used by the programs that check what a bundler leaves out. */
export function unused(): string {
  return "LEFT-OUT-BY-BUNDLERS";
}

export default disc;
