/** The door as trials have it, loaded when the first example speaks of an address: most do not. */
import type { Calls, Running } from '#machine';
import type { AskedOfDoor, DoorAnswer } from '#ports';

export const doorInTrial = async (calls: Calls, running: Running): Promise<(asked: AskedOfDoor) => Promise<DoorAnswer>> =>
  (await import('./trial-door.ts')).trialDoor(calls, running);
