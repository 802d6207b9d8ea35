/** @param {string} title */
export function banner(title) {
  return <h1 {...{ id: "top" }}>{title} &amp; more</h1>;
}
