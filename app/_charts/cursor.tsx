// Where a chart is being read: a line from top to bottom.
export const Cursor = ({ x, top, bottom }: { x: number; top: number; bottom: number }) => (
  <line x1={x} x2={x} y1={top} y2={bottom} stroke="var(--soft)" strokeDasharray="2 3" />
);
