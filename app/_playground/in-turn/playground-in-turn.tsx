// The playground as a page begins with it: what it is made of is run part by part. React comes to each of these in turn and
// lets the browser answer in between; within the playground's own imports nothing could.
import type { ComponentProps } from "react";
import { Playground } from "../playground";
import { Layers } from "./layers";
import { Runs } from "./runs";
import { Specs } from "./specs";

export const PlaygroundInTurn = (props: Pick<ComponentProps<typeof Playground>, "opening">) => (
  <>
    <Layers />
    <Specs />
    <Runs />
    <Playground {...props} />
  </>
);
