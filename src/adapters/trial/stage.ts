/** Where the steps of one example are taken: the calls of a generation over rows of its own, its clock, and what is told outside. */
import type { Json, JsonObject } from '#kernel';
import type { Calls, Running, UnaskedCalls } from '#machine';
import type { AskedOfDoor, DoorAnswer } from '#ports';
import type { MemoryStore } from '#store/memory';
import type { StatedAnswers } from './stated-answers.ts';

export interface Stage {
  readonly calls: Calls & UnaskedCalls;
  readonly running: Running;
  /** Milliseconds since 1970, which a step may move; and how many of them passed by steps that let time pass. */
  readonly clock: { now: number; passed: number };
  /** What was committed so far: each change of a row, and each event that left with one. */
  readonly told: Pick<MemoryStore, 'journal' | 'outbox'>;
  /** The door that callers come by over HTTP, where there is one. */
  readonly door?: Door;
  /** What the clock has to do, and how far the outbox was read for it. */
  readonly owed: Owed;
  readonly outside: StatedAnswers;
}
export interface StepFault {
  readonly step: number;
  readonly why: string;
  readonly expected: Json;
  readonly actual: Json;
}
export type Door = (calls: Calls, running: Running) => Promise<(asked: AskedOfDoor) => Promise<DoorAnswer>>;
export interface Owed {
  read: number;
  due: readonly Due[];
}
/** A transition that the clock makes of a row. `at` in milliseconds since 1970. */
export interface Due {
  readonly at: number;
  readonly contract: string;
  readonly given: JsonObject;
  readonly call: string;
}
