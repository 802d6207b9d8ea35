/** Shapes of beds.
 * @deprecated Draw them yourself.
 * @module
 */

/** A bed. */
export interface Bed {
  /** In metres. */
  depth: number;
}

/** A round bed. */
export function round(radius: number): Bed {
  return { depth: radius };
}
