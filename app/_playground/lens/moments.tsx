// The slider through the moments of the run.
export default function Moments() {
  return null;
}
