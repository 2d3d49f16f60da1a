// The sheet that a menu's entries lie on.
import { DropdownMenu } from "radix-ui";
import type { ComponentProps } from "react";

export function MenuPanel(props: ComponentProps<typeof DropdownMenu.Content>) {
  return (
    <DropdownMenu.Portal>
      <DropdownMenu.Content
        align="start"
        sideOffset={4}
        collisionPadding={8}
        // A long one scrolls, and what scrolls has to be within reach of the keyboard.
        tabIndex={0}
        className="z-50 max-h-(--radix-dropdown-menu-content-available-height) max-w-80 overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-lg"
        {...props}
      />
    </DropdownMenu.Portal>
  );
}
