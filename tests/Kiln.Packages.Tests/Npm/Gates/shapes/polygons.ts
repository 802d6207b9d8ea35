import { Shape } from "./base.ts";

type Mixin<T = object> = new (...args: any[]) => T;

export class Polygon extends Shape {
  constructor(name: string, readonly sides: number) {
    super(name);
  }
  override area(): number {
    return this.sides * this.scale;
  }
  static is(this: Mixin<Polygon>, value: unknown): boolean {
    return value instanceof this;
  }
}

export interface SquareOptions {
  size?: number;
}

export class Square extends Polygon {
  private constructor(options: SquareOptions) {
    super("square", 4);
    this.size = options.size ?? 1;
  }
  size: number;
  private secret(): string {
    return "s";
  }
  static of({ size }: SquareOptions = {}): Square {
    const square = new Square({ size });
    square.secret();
    return square;
  }
}
