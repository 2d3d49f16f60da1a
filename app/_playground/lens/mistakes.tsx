// Where the network is wrong.
export default function Mistakes() {
  return null;
}
