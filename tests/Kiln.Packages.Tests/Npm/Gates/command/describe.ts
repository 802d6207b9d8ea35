export interface Described {
  text: string;
}

export function describe(words: string[]): Described {
  return { text: `${words.length} words: ${words.join(" ")}` };
}
