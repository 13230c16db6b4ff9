/** One who waits, and any number who ring: a ring while nobody waits is kept, and many make one. */
export interface Bell {
  ring(): void;
  /** Resolves at the next ring, or at once where it rang since the last time. */
  next(): Promise<void>;
}

export function openBell(): Bell {
  let rung = false;
  let wake: (() => void) | undefined;
  return {
    ring() {
      rung = true;
      wake?.();
    },
    async next() {
      if (!rung) await new Promise<void>((resolve) => (wake = resolve));
      rung = false;
      wake = undefined;
    },
  };
}
