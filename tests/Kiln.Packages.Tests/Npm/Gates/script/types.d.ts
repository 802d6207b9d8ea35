/** What there is to say. */
export interface Answer {
  answer: number;
}
