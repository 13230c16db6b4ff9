/** `npm run bench -- NAME [--seed N] [--only X] [--sample N] [--record FILE] [--minutes N] [--json]`: runs one bench; the last line is one JSON object. Without a name: the list. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { BenchOptions } from './options.ts';

const here = import.meta.dirname;
const names = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && readdirSync(join(here, entry.name)).includes('bench.ts'))
  .map((entry) => entry.name);
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    seed: { type: 'string', default: '20261123' },
    only: { type: 'string' },
    sample: { type: 'string' },
    record: { type: 'string' },
    minutes: { type: 'string' },
  },
});
const [name] = positionals;

if (name === undefined || !names.includes(name)) {
  process.stdout.write(`Benches: ${names.join(', ')}\nRun one: npm run bench -- ${names[0] ?? 'NAME'} --json\n`);
  process.exitCode = name === undefined ? 0 : 2;
} else {
  const seed = Number(values.seed);
  const { run } = (await import(`./${name}/bench.ts`)) as {
    run: (options: BenchOptions) => Promise<unknown>;
  };
  const result = await run({
    seed,
    ...(values.only === undefined ? {} : { only: values.only }),
    ...(values.sample === undefined ? {} : { sample: Number(values.sample) }),
    ...(values.record === undefined ? {} : { record: values.record }),
    ...(values.minutes === undefined ? {} : { minutes: Number(values.minutes) }),
    say: (line) => void (values.json || process.stdout.write(`${line}\n`)),
  });
  process.stdout.write(`${JSON.stringify(result)}\n`);
  process.exit(0);
}
