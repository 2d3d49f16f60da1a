// Every board.
export { accuracy } from "./accuracy";
export { golf } from "./golf";
export { speedrun } from "./speedrun";
