/** When an answer of a generation was first seen from outside, after a moment. Answers of two generations may alternate around a switch. */
export interface Sightings {
  note(generation: string, at: number): void;
  first(generation: string, since: number): Promise<number>;
}

export function sightings(): Sightings {
  const seen: { readonly generation: string; readonly at: number }[] = [];
  let waiting: { readonly generation: string; readonly since: number; readonly found: (at: number) => void }[] = [];
  return {
    note: (generation, at) => {
      for (const wait of waiting) if (wait.generation === generation && at >= wait.since) wait.found(at);
      waiting = waiting.filter((wait) => !(wait.generation === generation && at >= wait.since));
      if (seen.at(-1)?.generation !== generation) seen.push({ generation, at });
    },
    first: (generation, since) => {
      const found = seen.find((sighting) => sighting.generation === generation && sighting.at >= since);
      return found === undefined
        ? new Promise((resolve) => waiting.push({ generation, since, found: resolve }))
        : Promise.resolve(found.at);
    },
  };
}
