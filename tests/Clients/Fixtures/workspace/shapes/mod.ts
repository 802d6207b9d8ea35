/** Shapes and their colours. @module */
import settings from "./src/settings.json" with { type: "json" };
import { escape } from "@demo/jsx";
import type { Named } from "./src/types.ts";
import { Geometry, type Size } from "./src/geometry.ts";

export { Geometry } from "./src/geometry.ts";
export type { Named, Size };

/** Colours as numbers. */
export enum Color {
  Red = 1,
  Green,
  Blue = Red << 3,
}

/** Words for sides. */
export enum Side {
  Left = "left",
  Right = "right",
}

/** A circle that knows its name. */
export class Circle implements Named {
  readonly sides: number = Infinity;
  #secret: string = "s";

  constructor(public readonly radius: number, private label: string = settings.label) {}

  /** The label, fit for markup. */
  get name(): string {
    return escape(`<${this.label} ${this.radius}>`);
  }

  /** The area, roughly. */
  get area(): number {
    return Geometry.circle(this.radius);
  }

  /** Its size. */
  size(): Size {
    return { width: this.radius * 2, height: this.radius * 2, unit: settings.unit } satisfies Size;
  }

  /** Shows that private names live. */
  static reveal(circle: Circle): string {
    return circle.#secret!;
  }
}

interface Explosion {
  message: string;
}

/** Throws on line 57 of this file. */
export function explode(reason: Explosion["message"]): never {
  const error: Error = new Error(reason as string);
  throw error;
}
