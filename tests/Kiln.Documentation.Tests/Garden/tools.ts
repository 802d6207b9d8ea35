/**
 * Tools.
 * @module
 */
import { type Bed as Place } from "./shapes.ts";

/** For digging. */
export class Spade {
  /** Digs. See {@link Place}. */
  dig(place: Place): void {
    void place;
  }
}
