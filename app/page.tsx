import { PlaygroundInTurn } from "./_playground/in-turn/playground-in-turn";

export default function Page() {
  return <PlaygroundInTurn />;
}
