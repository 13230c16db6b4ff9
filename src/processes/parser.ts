/**
 * The disposable process that reads code. Started without files but the product's own, without network and children; it may
 * die of what it reads, and its parent takes that for a refusal. One JSON text a line in, one out; it keeps what it read, so
 * that a reading that differs in one file costs that one file.
 */
import { createInterface } from 'node:readline';
import { type HandedIn, pairsByPath, type ReadComponent, type ReadTests, type SourceFiles } from '#model';
import { openReader } from '#model/read';
import { inspectComponent } from '#model/inspect';

type Ask = { readonly id: number } & (
  | { readonly kind: 'read'; readonly edits: { readonly [path: string]: string | null } }
  | {
      readonly kind: 'regions';
      readonly edits: { readonly [path: string]: string | null };
      readonly regions: { readonly [member: string]: string };
    }
  | { readonly kind: 'inspect'; readonly files: SourceFiles }
  | { readonly kind: 'mutate'; readonly code: string }
  | { readonly kind: 'complete'; readonly handedIn: HandedIn }
);

const reader = openReader();
let components: readonly ReadComponent[] = [];
let tests: readonly ReadTests[] = [];

/** What differs from the last good reading. */
function read(edits: { readonly [path: string]: string | null }): unknown {
  const reading = reader.change(edits);
  if (!reading.ok) return { ok: false, problems: reading.problems.slice(0, 100) };
  const answer = {
    ok: true,
    settings: reading.settings,
    components: differences(components, reading.components),
    tests: differences(tests, reading.tests),
  };
  ({ components, tests } = reading);
  return answer;
}
/** What a list has that another has not, by identity; null for what is gone. */
function differences<Value extends { readonly path: string }>(
  base: readonly Value[],
  next: readonly Value[],
): { readonly [path: string]: Value | null } {
  return Object.fromEntries(pairsByPath(base, next).map(([from, to]) => [(to ?? from)?.path ?? '', to ?? null]));
}

async function answer(ask: Ask): Promise<unknown> {
  if (ask.kind === 'read') return read(ask.edits);
  if (ask.kind === 'regions')
    return {
      reading: read(ask.edits),
      regions: Object.fromEntries(Object.entries(ask.regions).map(([member, text]) => [member, reader.region(member, text)])),
    };
  // Loaded when first asked for: the kernel's parser never is, and it is the larger half of this process.
  if (ask.kind === 'mutate') return (await import('#model/mutants')).mutantsOf(ask.code);
  if (ask.kind === 'complete') return (await import('#model/assign-ids')).assignIds(ask.handedIn);
  return Object.fromEntries(Object.entries(ask.files).map(([path, text]) => [path, inspectComponent(path, text)]));
}

const say = (value: object): void => void process.stdout.write(`${JSON.stringify(value)}\n`);

createInterface({ input: process.stdin, crlfDelay: Infinity }).on('line', (line) => {
  const ask = JSON.parse(line) as Ask;
  answer(ask).then(
    (value) => say({ id: ask.id, value, cpu: process.cpuUsage() }),
    (error: unknown) =>
      say({ id: ask.id, error: error instanceof Error ? error.message.slice(0, 500) : 'unknown', cpu: process.cpuUsage() }),
  );
});
say({ ready: true });
