// Next runs this in every page before it hydrates it.
import { noteEarlyBack } from "./app/_playground/early-back";

noteEarlyBack();
