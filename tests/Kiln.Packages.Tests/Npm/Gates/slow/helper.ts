export function helper(a: number) {
  return a + 1;
}
