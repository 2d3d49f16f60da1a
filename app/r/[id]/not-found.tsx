import { Notice } from "@/app/_ui/notice";

export default function NotFound() {
  return (
    <Notice title="There is no such run">
      <p className="text-soft">
        The address of a published run is /r/ and the 64 hexadecimal digits that its content comes to. Check
        that the link is whole.
      </p>
      <a
        href="/"
        className="tap inline-flex items-center font-medium text-train underline-offset-4 hover:underline"
      >
        To the playground
      </a>
    </Notice>
  );
}
