/**
 * Everything for a small garden: {@link Plant}s, {@link water} and the {@link [shapes]} of beds.
 *
 * ## How it grows
 *
 * See [the guide](./docs/guide.md), [the license](/LICENSE) and ![a picture](./docs/bed.svg).
 *
 * @example A first plant
 * ```ts
 * import { Plant } from "@kiln/garden";
 * new Plant("rose").grow(3);
 * ```
 *
 * @categoryDescription Care
 * What keeps plants alive, such as {@link water}.
 *
 * @module garden
 */
import type { Bed } from "./shapes.ts";
import type { Readable } from "node:stream";
import { z } from "npm:zod@3.24.1";

export * from "./shapes.ts";
export * as tools from "./tools.ts";
export { helper as renamedHelper } from "./internal/helper.ts";

/** What every living thing can do. */
export interface Living<T = unknown> {
  /** Its age in days. */
  readonly age: number;
  /** Grows by some days. Linked: {@link Living.age}, {@linkcode age}. */
  grow(days: number): T;
  name?: string;
  [key: string]: unknown;
}

/** Something with a root. */
export interface Rooted extends Living<void>, Iterable<string> {
  /** How deep it goes. */
  depth: Bed["depth"];
}

/**
 * The base of all plants.
 *
 * @template T What it is made of
 * @since 1.0.0
 * @see {@link Tree} for a tall one
 * @see https://example.com/plants
 * @category Things
 */
export abstract class Plant<T extends string | number = string> implements Living<void> {
  /** How many there are. */
  static count = 0;
  readonly age: number = 0;
  #secret = 1;
  private hidden = 2;
  /** Only for plants. */
  protected sap?: T;

  /**
   * @param name What it is called
   * @param seed Where it comes from
   */
  constructor(public readonly name: string, seed?: T, private nothing = 3) {
    this.#secret = this.hidden + this.nothing;
    this.sap = seed;
  }

  [key: string]: unknown;

  grow(days: number): void {
    void days;
  }

  /** The height.
   * @default {0}
   */
  get height(): number {
    return 0;
  }
  set height(value: number) {
    void value;
  }

  /** Only written. */
  set colour(value: "green" | "red") {
    void value;
  }

  /** Only read. */
  get leaves(): Map<string, Promise<T[]>> {
    return new Map();
  }

  /**
   * Cuts it.
   * @param where The place
   * @returns what was cut off
   * @throws {RangeError} where there is nothing
   * @example
   * ```ts
   * plant.cut("top");
   * ```
   * @deprecated Use {@link Plant.prototype.trim} instead
   */
  abstract cut(where: string): T;

  /** Trims it. */
  trim(): this;
  trim(much: number): this;
  trim(_much?: number): this {
    return this;
  }

  /** Makes one. */
  static of(name: string): Plant {
    return null as unknown as Plant;
  }

  *[Symbol.iterator](): IterableIterator<T> {}
}

/** A tall plant. @category Things */
export class Tree extends Plant<string> implements Rooted {
  /** Rings of the trunk. */
  rings: number = 0;
  depth: number = 1;
  override cut(where: string): string {
    return where;
  }
  grow(days: number): void {
    void days;
  }
}

/** A kind of tree.
 * @category Things
 */
export class Oak extends Tree {
  /** Nuts. */
  acorns = 10;
}

/**
 * Waters a plant.
 *
 * Takes its time: {@link Plant.grow}, {@link tools.Spade.dig}, {@link nowhere}.
 *
 * @param plant The thirsty one
 * @param options How to do it
 * @param options.litres How much
 * @param how.slow What nobody has
 * @returns Whether it liked it
 * @throws {TypeError} for stones
 * @throws when it rains
 * @example
 * ```ts
 * await water(rose);
 * ```
 * @example With much water
 * Some text.
 *
 * ```ts
 * # const hidden = 1;
 * await water(rose, { litres: 5 });
 * ```
 * @category Care
 * @priority 5
 */
export async function water<P extends Plant<any>>(
  plant: P,
  { litres = 1, ...rest }: { litres?: number; slowly?: boolean; colours: "red" | "green" } = { colours: "red" },
  times = 2,
  ...others: readonly P[]
): Promise<boolean> {
  void plant; void litres; void rest; void times; void others;
  return true;
}

/** Finds by name. @category Care */
export function find(name: string): Plant | undefined;
/** Finds by number. @category Care */
export function find(index: number): Plant | undefined;
export function find(name: string, exact: boolean): Plant[];
export function find(_what: string | number, _exact?: boolean): Plant | Plant[] | undefined {
  return undefined;
}

/** Months. */
export enum Month {
  /** Cold. */
  January = 1,
  March = "march",
  /** @deprecated There is none */
  Smarch = 13,
  "with space" = 5,
}

/** @deprecated Nobody needs weeds. */
export const weed: string = "weed";

/** Options. */
export type Options = {
  /** How many. */
  count: number;
  on?: boolean;
  run(): void;
};

export type Deep = { a: { b: { c: { d: Array<Record<string, Map<number, Set<Promise<ReadonlyArray<Options>>>>>> } } } };
export type Cond<T> = T extends string ? "text" : T extends number ? "number" : T extends (infer U)[] ? Cond<U> : never;
export type Mapped<T> = { readonly [K in keyof T as `get${Capitalize<string & K>}`]-?: () => T[K] };
export type Fn = new (a: string, ...rest: unknown[]) => Readable;
export type Predicate = (x: unknown) => x is Plant;
export type Asserts = (x: unknown) => asserts x;
export type Tuple = [a: string, b?: number, ...rest: boolean[]];
export type Lit = 1 | -2.5 | 10n | true | "a\"b\n<script>" | `x${string}y\``;
export type Typeof = typeof water | typeof import("./tools.ts");
export type Imported = import("./tools.ts").Spade | z.ZodType<string>;
export type Long = "aaaaaaaaaaaaaaaa" | "bbbbbbbbbbbbbbbbbb" | "cccccccccccccccccc" | "dddddddddddddddd";

/** @internal */
export const secretSauce = 1;

/** @experimental */
export const fresh: Date = new Date();

/** Merged: a function with things on it. */
export function merged(): void {}
/** The things on it. */
export namespace merged {
  /** A thing. */
  export const thing = 1;
  /** Deeper. */
  export namespace inner {
    /** Deepest. See {@link thing}, {@link merged.inner.deep} and {@link Plant}. */
    export function deep(x: Thing): Plant;
    /** Also a type */
    export interface Thing {}
  }
}

export class Foo {}
export class foo {}
export class FOO {}
export const con = 1;
export const constructor = 2;
export const __proto__ = 3;

const evil = 1;
export {
  evil as "<img src=x onerror=alert(1)>",
  evil as "a/b",
  evil as "../../etc/passwd",
  evil as "a.b",
  evil as "with \"quotes\" & 'more'",
  evil as "new\nline",
  evil as "",
  evil as "javascript:alert(1)",
  evil as "ünïcödé 🌱",
  evil as "x#y?z%20",
};

/** The garden itself. */
export default class Garden {
  /** Its plants. */
  plants: Plant[] = [];
}
