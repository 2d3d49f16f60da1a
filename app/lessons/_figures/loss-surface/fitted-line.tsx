// What a point of the map is: a line through the very points of the figure before.
import { type Line, points, predict } from "@/lib/lessons/mathematics/line-loss";
import { fixed } from "../numbers";
import { planeOf } from "../plane";

const [SIDE, FROM, TO] = [120, -1, 3.2];
const plane = planeOf(SIDE, [FROM, TO], [FROM, TO]);

export function FittedLine({ line }: { line: Line }) {
  const { px, py } = plane;
  const drawn = Number.isFinite(line.w) && Number.isFinite(line.b) && Math.hypot(line.w, line.b) < 1000;
  return (
    <svg
      viewBox={`0 0 ${SIDE} ${SIDE}`}
      role="img"
      aria-label={`The line with slope ${fixed(line.w)} and intercept ${fixed(line.b)} among the five points`}
      className="w-full max-w-36 rounded-md border border-line bg-raised"
    >
      {drawn && (
        <path
          d={`M${px(FROM)} ${py(predict(line, FROM))}L${px(TO)} ${py(predict(line, TO))}`}
          stroke="var(--train)"
          strokeWidth="1.5"
        />
      )}
      {points.map(({ x, y }) => (
        <g key={x}>
          {drawn && (
            <path
              d={`M${px(x)} ${py(y)}V${py(predict(line, x))}`}
              stroke="var(--wrong)"
              strokeOpacity="0.7"
            />
          )}
          <circle cx={px(x)} cy={py(y)} r="3" fill="var(--ink)" />
        </g>
      ))}
    </svg>
  );
}
