export interface Named {
  readonly name: string;
}

/** Everything that has an area. */
export abstract class Shape implements Named {
  static #count = 0;
  readonly #id: number = ++Shape.#count;
  declare readonly kind: string;
  constructor(public readonly name: string, protected scale: number = 1, private note?: string) {}
  abstract area(): number;
  describe(): string {
    return `${this.name} ${this.#id} ${this.note ?? ""}`;
  }
  static get count(): number {
    return Shape.#count;
  }
}
