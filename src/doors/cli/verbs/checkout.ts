/** theseus checkout FOLDER: writes the sources that serve, with the types that editors need, to be edited and proposed. Overwrites no edits. */
import { resolve } from 'node:path';
import { exitCodes } from '../failure.ts';
import { servingCopy } from '../serving-copy.ts';
import type { VerbParts } from '../verb.ts';
import { writeCopy } from '../working-copy.ts';

export function checkoutVerb({ verb, reaching, deed }: VerbParts): void {
  reaching(verb('checkout', 'write the sources that serve into a folder, to edit and propose them'))
    .argument('<folder>', 'where')
    .option('--force', 'also where the folder holds edits, which are lost')
    .action(
      deed<[string, { readonly force?: boolean }]>(async ({ say, client, environment }, given, { force }) => {
        const folder = resolve(environment.cwd, given);
        const api = client();
        const { name, sources, beside } = await servingCopy(api, environment);
        const files = await writeCopy(folder, api, sources, beside, force === true);
        say.line(`The sources of ${name} that serve now stand in ${folder}.`);
        say.line(`  theseus check ${given}`);
        say.line(`  theseus propose ${given} -m "what it changes and why"`);
        say.document({ folder, generation: sources.generation, files });
        return exitCodes.done;
      }),
    );
}
