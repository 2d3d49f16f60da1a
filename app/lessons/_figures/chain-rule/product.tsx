// The four slopes of the chain, multiplied, against what the engine has and what the formula says.
import type { ChainPass } from "@/lib/lessons/mathematics/chain";
import type { TinyAnswer } from "@/lib/training/contract";
import { fixed, formatDifference } from "../numbers";

const factors = [
  { of: "∂L₁/∂W₁", key: "l1ByW1" },
  { of: "∂S/∂L₁", key: "sByL1" },
  { of: "∂L₂/∂S", key: "l2ByS" },
  { of: "∂ℓ/∂L₂", key: "lossByL2" },
] as const;

interface ProductProps {
  /** Null until the engine has answered. */
  answer: TinyAnswer | null;
  /** The same network by formula. */
  formula: ChainPass;
}

export function Product({ answer, formula }: ProductProps) {
  return (
    <div className="mt-4 border-line border-t pt-3">
      <div className="grid grid-cols-5 text-center">
        {factors.map(({ of, key }, index) => (
          <span key={key} className="relative">
            <span className="block text-2xs text-soft">{of}</span>
            {index > 0 && (
              <span className="absolute bottom-0 left-0 -translate-x-1/2 text-soft">
                <span aria-hidden="true">·</span>
                <span className="sr-only"> times </span>
              </span>
            )}
            {fixed(formula.slopes[key], 3)}
          </span>
        ))}
        <span className="relative font-semibold text-validation-text">
          <span className="block font-normal text-2xs">∂ℓ/∂W₁</span>
          <span className="absolute bottom-0 left-0 -translate-x-1/2 font-normal text-soft">=</span>
          {fixed(formula.gradients.w1, 3)}
        </span>
      </div>
      <p className="mt-2 min-h-10 text-mini text-soft">
        {answer === null ? (
          "The engine has not answered yet."
        ) : (
          <>
            The engine’s own ∂ℓ/∂W₁ is {fixed(answer.gradients.w1, 7)}, the product is{" "}
            {fixed(formula.gradients.w1, 7)}: apart by{" "}
            <span className="font-medium text-ink">
              {formatDifference(answer.gradients.w1 - formula.gradients.w1)}
            </span>
            , since the engine rounds to float32.
          </>
        )}
      </p>
    </div>
  );
}
