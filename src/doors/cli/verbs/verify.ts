/** theseus verify GENERATION: computes digests and signatures of a generation anew, from a running system or from a bundle in a file. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ApiProblem, type BundleJson, type Client, verifyBundle } from '#api/client';
import { printLadder } from '../evidence-ladder.ts';
import { exitCodes, Refused, Usage } from '../failure.ts';
import { short } from '../print-change.ts';
import type { VerbParts } from '../verb.ts';

interface Options {
  readonly export?: string;
  readonly trust?: readonly string[];
  readonly all?: boolean;
}

export function verifyVerb({ verb, reaching, deed }: VerbParts): void {
  reaching(verb('verify', 'check a generation: digests, signatures, the log'))
    .argument('[generation]', 'its id, the beginning of it, or a bundle file; the one that serves where nothing is said')
    .option('--export <file>', 'write the bundle, to be checked elsewhere without the system')
    .option('--trust <name=fingerprint...>', 'fingerprints that the keys must have')
    .option('--all', 'every statement')
    .action(
      deed<[string | undefined, Options]>(async ({ say, client, environment }, given, options) => {
        const file = given === undefined ? undefined : resolve(environment.cwd, given);
        const bundle = file !== undefined && existsSync(file) ? readBundle(file) : await fetchBundle(client(), given);
        if (options.export !== undefined) writeFileSync(resolve(environment.cwd, options.export), `${JSON.stringify(bundle)}\n`);
        const result = await verifyBundle(bundle, trusted(options.trust ?? []));
        say.line(`Generation ${short(result.generation)}`);
        for (const { name, holds, why } of result.checks)
          say.line(`  ${holds ? say.style('green', 'holds ') : say.style('red', 'BROKEN')}  ${name}${why === '' ? '' : `: ${why}`}`);
        if (result.evidence.length > 0) {
          say.line('What the workshop signed');
          printLadder(result.evidence, say, options.all === true ? Number.POSITIVE_INFINITY : 8);
        }
        for (const [name, fingerprint] of Object.entries(result.fingerprints))
          say.line(say.style('dim', `  key of ${name}: ${fingerprint}`));
        if (result.notShown.length > 0) say.line('Not shown by this check');
        for (const statement of result.notShown) say.line(`  ${statement}`);
        say.line(
          result.valid
            ? say.style(['bold', 'green'], 'It is what was signed.')
            : say.style(['bold', 'red'], 'It is not what was signed. Do not trust it.'),
        );
        say.document(result);
        return result.valid ? exitCodes.done : exitCodes.refused;
      }),
    );
}

async function fetchBundle(client: Client, given: string | undefined): Promise<BundleJson> {
  const generation = given ?? (await client.health()).generation;
  if (generation === null) throw new Refused('not-found', 'The system has no generation yet.');
  try {
    return await client.bundle(generation);
  } catch (cause) {
    if (cause instanceof ApiProblem && cause.problem.code === 'not-found')
      throw new Refused('not-found', `There is no generation ${generation}. All are listed by: theseus generations`);
    throw cause;
  }
}

function readBundle(file: string): BundleJson {
  let read: unknown;
  try {
    read = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Refused('malformed', `${file} is no bundle: ${cause instanceof Error ? cause.message : 'unreadable'}.`);
  }
  const bundle = read as Partial<BundleJson> | null;
  const whole =
    typeof bundle === 'object' &&
    bundle !== null &&
    bundle.format === 'theseus/bundle/1' &&
    typeof bundle.sources === 'object' &&
    Array.isArray(bundle.log) &&
    typeof bundle.content === 'object';
  if (!whole)
    throw new Refused('malformed', `${file} is no bundle of a generation. Write one with: theseus verify GENERATION --export FILE`);
  return bundle as BundleJson;
}

function trusted(given: readonly string[]): { readonly [name: string]: string } {
  return Object.fromEntries(
    given.map((entry) => {
      const [name, fingerprint] = entry.split('=');
      if (name === undefined || fingerprint === undefined || !fingerprint.startsWith('sha256:'))
        throw new Usage('--trust takes NAME=sha256:..., for example workshop=sha256:0f3a...');
      return [name, fingerprint] as const;
    }),
  );
}
