// Names for players who choose none.

const manners = ["Calm", "Bright", "Quiet", "Swift", "Steady", "Patient", "Gentle", "Keen"] as const;
const beings = ["Otter", "Heron", "Lynx", "Finch", "Badger", "Marten", "Plover", "Dormouse"] as const;

/** A player's generated name, e.g. "Calm Otter 42": always the same one. @param player the full mark */
export function generatedName(player: string): string {
  const number = Number.parseInt(player.slice(-6), 16);
  return `${manners[number & 7]} ${beings[(number >> 3) & 7]} ${10 + ((number >> 6) % 90)}`;
}
