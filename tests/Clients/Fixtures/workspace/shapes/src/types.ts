/** Has a name. */
export interface Named {
  /** The name. */
  readonly name: string;
}
