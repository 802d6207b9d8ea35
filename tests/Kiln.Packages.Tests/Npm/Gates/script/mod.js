import { typed } from "./typed.js";

/**
 * Adds two numbers.
 * @param {number} a
 * @param {number} b
 */
export function add(a, b) {
  return a + b;
}

export const name = "script";
export const list = [1, 2, 3];
export class Stack {
  #items = [];
  limit = 10;
  constructor(limit) {
    this.limit = limit;
  }
  push(item) {
    this.#items.push(item);
    return this;
  }
  get size() {
    return this.#items.length;
  }
  static of(...items) {
    return items.reduce((stack, item) => stack.push(item), new Stack(items.length));
  }
}
export default function main(options = {}) {
  return [options, typed];
}
export { typed };
