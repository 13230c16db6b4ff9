/** theseus checkout FOLDER: writes the sources that serve, with the types that editors need, to be edited and proposed. Overwrites no edits. */
import { resolve } from 'node:path';
import { exitCodes, Refused } from '../failure.ts';
import { besideSources, sdkFiles } from '../new-system.ts';
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
        const sources = await api.sources();
        const name = nameIn(sources.files['theseus.json']);
        const beside = besideSources(name, sdkFiles(environment.sdkFolder), sources.declarations ?? environment.entityDeclarations);
        const files = await writeCopy(folder, api, sources, beside, force === true);
        say.line(`The sources of ${name} that serve now stand in ${folder}.`);
        say.line(`  theseus check ${given}`);
        say.line(`  theseus propose ${given} -m "what it changes and why"`);
        say.document({ folder, generation: sources.generation, files });
        return exitCodes.done;
      }),
    );
}

function nameIn(settings: string | undefined): string {
  const read = settings === undefined ? null : (JSON.parse(settings) as { readonly name?: unknown });
  if (typeof read?.name !== 'string') throw new Refused('malformed', 'The system that answers has no theseus.json with a name.');
  return read.name;
}
