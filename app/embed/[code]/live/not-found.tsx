import { UnreadableCode } from "@/app/x/unreadable-code";

export default function NotFound() {
  return <UnreadableCode />;
}
