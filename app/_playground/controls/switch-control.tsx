// Yes or no, said in a word that a tap turns over.
import { Switch } from "radix-ui";

interface SwitchControlProps {
  value: boolean;
  name: string;
  onChange(value: boolean): void;
  disabled?: boolean;
}

export function SwitchControl({ value, name, onChange, disabled = false }: SwitchControlProps) {
  return (
    <Switch.Root
      checked={value}
      onCheckedChange={onChange}
      disabled={disabled}
      aria-label={name}
      className="tap group inline-flex items-center justify-end font-medium"
    >
      <span className={disabled ? "" : "editable"}>{value ? "on" : "off"}</span>
    </Switch.Root>
  );
}
