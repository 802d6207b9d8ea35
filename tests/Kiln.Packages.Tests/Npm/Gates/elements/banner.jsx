/** @jsxImportSource npm:preact@^10.0.0 */
import { Card } from "./card.tsx";

/** A card that says what it is told. */
export function Banner(props) {
  return <Card title="Banner">{props.text}</Card>;
}
