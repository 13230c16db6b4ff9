/**
 * Who waits for news, inside this process: of one change, or of all. News may be missed (a connection to the database drops),
 * so whoever waits looks again from time to time as well; that look is here, not with them.
 */
export interface Notices {
  /** Calls `look` at once where news of `change` comes, and each `againMs` anyway. The answer stops it. */
  follow(change: string, look: () => void, againMs?: number): () => void;
  /** Each change that something happened to. */
  onAny(listener: (change: string) => void): () => void;
  onGeneration(listener: (generation: string, activation: number) => void): () => void;
  /** The server closes: whoever waits gives up. */
  onClose(listener: () => void): () => void;
  swapped(generation: string, activation: number): void;
  close(): void;
}

export function openNotices(watchChanges: (listener: (change: string) => void) => () => void): Notices {
  const followers = new Map<string, Set<() => void>>();
  const all = new Set<(change: string) => void>();
  const generations = new Set<(generation: string, activation: number) => void>();
  const closing = new Set<() => void>();
  const stop = watchChanges((change) => {
    for (const look of followers.get(change) ?? []) look();
    for (const listener of all) listener(change);
  });
  return {
    follow(change, look, againMs = 1_000) {
      const those = followers.get(change) ?? new Set();
      followers.set(change, those);
      those.add(look);
      const timer = setInterval(look, againMs);
      return () => {
        clearInterval(timer);
        those.delete(look);
        if (those.size === 0) followers.delete(change);
      };
    },
    onAny(listener) {
      all.add(listener);
      return () => all.delete(listener);
    },
    onGeneration(listener) {
      generations.add(listener);
      return () => generations.delete(listener);
    },
    onClose(listener) {
      closing.add(listener);
      return () => closing.delete(listener);
    },
    swapped(generation, activation) {
      for (const listener of generations) listener(generation, activation);
    },
    close() {
      stop();
      for (const listener of closing) listener();
      closing.clear();
      followers.clear();
      all.clear();
      generations.clear();
    },
  };
}
