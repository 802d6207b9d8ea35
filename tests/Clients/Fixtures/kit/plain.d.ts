/** How plain it is. */
export interface Plain {
  readonly level: number;
}
export declare const plain: Plain;
