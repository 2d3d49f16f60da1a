// What the layers make of an image.
export default function Inside() {
  return null;
}
