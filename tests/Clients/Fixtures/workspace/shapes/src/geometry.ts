/** Geometry as a namespace. @module */

/** Width and height. */
export interface Size {
  /** Horizontal extent. */
  width: number;
  /** Vertical extent. */
  height: number;
  /** Unit of both. */
  unit: string;
}

/** Functions on sizes. */
export namespace Geometry {
  /** Half a turn. */
  export const halfTurn: number = 3;
  const factor = 1;
  /** The area of a circle, roughly. */
  export function circle(radius: number): number {
    return halfTurn * radius ** 2 * factor;
  }
  /** One level down. */
  export namespace Deep {
    /** A value of its own. */
    export const level: number = halfTurn + 1;
  }
}
