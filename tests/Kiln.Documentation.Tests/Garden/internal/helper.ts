/** Helps. */
export function helper(what: Local): Local {
  return what;
}
interface Local {}
