// What may be wrong with the training.
export default function Doctor() {
  return null;
}
