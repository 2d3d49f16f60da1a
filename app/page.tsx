import { Playground } from "./_playground/playground";

export default function Page() {
  return <Playground />;
}
