/**
 * Values of every kind.
 * @module
 */
import type { Point } from "./src/geometry.ts";
import * as geometry from "./src/geometry.ts";
import { deep } from "./src/deep/er.ts";

export * from "./src/geometry.ts";
export * as nested from "./src/deep/er.ts";
export { deep as renamed };
export type { Point as Place };

/** How loud. */
export enum Volume {
  Low,
  High = 10,
}

export const enum Side {
  Left = "left",
  Right = "right",
}

export const VERSION = "1.0.0";
export const LIMIT = 10;
export const FLAGS = { verbose: false, level: 3, names: ["a", "b"] };
export const TUPLE = ["a", 1] as const;
export const key: unique symbol = Symbol("key");
export let counter = 0;

/** Adds a point. */
export function move(point: Point, by: Partial<Point> = {}): Point {
  counter++;
  return geometry.add(point, { x: by.x ?? 0, y: by.y ?? 0 });
}

export function parse(text: string): string;
export function parse(text: number, radix?: number): number;
export function parse(text: string | number): string | number {
  return text;
}

export const identity = <const T>(value: T): T => value;

export function greet(name: string, { loud = false }: { loud?: boolean } = {}): string {
  return loud ? name.toUpperCase() : name;
}
greet.language = "en";

export namespace Units {
  export type Length = "m" | "km";
  export const base: Length = "m";
  export namespace Inner {
    export interface Box {
      size: number;
    }
  }
}

export type Keyed = { [key]: string };

export default class Counter<T extends string = string> {
  #seen: Map<T, number> = new Map();
  count(word: T): number {
    const seen = (this.#seen.get(word) ?? 0) + 1;
    this.#seen.set(word, seen);
    return seen;
  }
}
