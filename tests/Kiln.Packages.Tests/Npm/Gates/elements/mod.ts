export { Card, type CardProps } from "./card.tsx";
export { useTitle } from "./title.tsx";
