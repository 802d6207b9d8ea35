// @ts-self-types="./typed.d.ts"
export const typed = { answer: 42 };
export function ask(question) {
  return typed.answer;
}
