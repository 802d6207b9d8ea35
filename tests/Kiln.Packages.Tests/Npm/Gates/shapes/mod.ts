export * from "./base.ts";
export { Circle } from "./circle.ts";
export { Polygon, Square, type SquareOptions } from "./polygons.ts";
import { Polygon } from "./polygons.ts";

export abstract class Registry<K extends PropertyKey, V> implements Iterable<[K, V]> {
  protected readonly entries: Map<K, V> = new Map();
  private hits = 0;
  static readonly shared: unique symbol = Symbol("shared");
  static create<V>(): Registry<string, V> {
    return new (class extends Registry<string, V> {
      get(key: string): V | undefined {
        return this.entries.get(key);
      }
    })();
  }
  abstract get(key: K): V | undefined;
  set(key: K, value: V): this {
    this.hits++;
    this.entries.set(key, value);
    return this;
  }
  get size(): number {
    return this.entries.size;
  }
  set size(value: number) {
    if (value === 0) this.entries.clear();
  }
  [Symbol.iterator](): Iterator<[K, V]> {
    return this.entries[Symbol.iterator]();
  }
  [name: `x-${string}`]: unknown;
}

export function isPolygon(shape: unknown): shape is Polygon {
  return shape instanceof Polygon;
}
export function assertPolygon(shape: unknown): asserts shape is Polygon {
  if (!isPolygon(shape)) throw new TypeError("no polygon");
}
