// Boards by what a request calls them.
import * as z from "zod/mini";
import { type DeviceClass, deviceClasses } from "../metrics/run-record";
import { oneOf } from "../spec/fields";
import { parse } from "../spec/parse";
import type { BoardDefinition } from "./board";
import * as registry from "./boards/registry";

export type BoardId = (typeof registry)[keyof typeof registry]["id"];

export const boards: Readonly<Record<BoardId, BoardDefinition<BoardId>>> = registry;
export const boardIds = Object.keys(registry) as BoardId[];

export const boardIdSchema = z.enum(boardIds as [BoardId, ...BoardId[]], { error: oneOf(boardIds) });

/** @throws ParseError naming the boards that there are */
export const parseBoardId = (input: unknown): BoardId => parse(boardIdSchema, input, "board");

export interface Listing {
  /** E.g. "accuracy" or "speedrun-phone". */
  name: string;
  board: BoardDefinition<BoardId>;
  /** Null where a board does not tell devices apart. */
  deviceClass: DeviceClass | null;
}

/** Every list of every board. */
export const listings: readonly Listing[] = Object.values(boards).flatMap((board): Listing[] =>
  board.byDevice
    ? deviceClasses.map((deviceClass) => ({ name: `${board.id}-${deviceClass}`, board, deviceClass }))
    : [{ name: board.id, board, deviceClass: null }],
);
